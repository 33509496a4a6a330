using System.Reflection;

namespace GitOpsGen.Tests.Architecture;

/// <summary>Who may use what inside the engine: the table of docs/design.md.</summary>
internal static class EngineRules
{
    /// <summary>The stages, each of which may use those before it. The root, where Generator is, may use all.</summary>
    private static readonly string[] Order =
    [
        "Diagnostics",
        "Model",
        "Yaml",
        "Lockfile",
        "Settings",
        "Packages",
        "Iam",
        "Planning",
        "Rendering",
        "Validation",
        "Guards",
        "Output",
        "Review",
        "Inputs",
        "Importing",
        "Publishing",
    ];

    private static readonly Dictionary<string, string[]> Narrower = new()
    {
        ["Settings"] = ["Diagnostics", "Model", "Yaml"],
        ["Validation"] = ["Diagnostics", "Model", "Yaml"],
        ["Output"] = ["Diagnostics", "Model", "Yaml"],
    };

    private static readonly (string Name, Func<MemberInfo, bool> Is, string[] Folders)[] Confined =
    [
        ("Scriban", member => IsIn(member, "Scriban"), ["Rendering"]),
        ("YamlDotNet", member => IsIn(member, "YamlDotNet"), ["Yaml"]),
        ("the file system", IsFileSystem, ["Inputs", "Output", "Publishing"]),
        ("the console", member => TypeOf(member) == typeof(Console), []),
        ("the network", member => IsIn(member, "System.Net.Http") || IsIn(member, "System.Net.Sockets"), []),
        ("other programs", member => TypeOf(member) == typeof(System.Diagnostics.Process), ["Inputs"]),
    ];

    private static readonly HashSet<Type> FileTypes =
    [
        typeof(File),
        typeof(FileInfo),
        typeof(Directory),
        typeof(DirectoryInfo),
        typeof(FileStream),
        typeof(FileSystemInfo),
        typeof(FileSystemWatcher),
        typeof(DriveInfo),
        typeof(RandomAccess),
    ];

    private static readonly string[] PathsOnDisk =
    [
        nameof(Path.Exists),
        nameof(Path.GetFullPath),
        nameof(Path.GetTempPath),
        nameof(Path.GetTempFileName),
    ];

    /// <summary>The stage of an engine's namespace, empty for the root; nothing for other namespaces.</summary>
    public static string? Folder(string? space) =>
        space?.Split('.') switch
        {
            ["GitOpsGen"] => "",
            ["GitOpsGen", var folder, ..] => folder,
            _ => null,
        };

    /// <summary>Whether one stage may use another; one that is not in the table may use nothing and be used by nobody.</summary>
    public static bool MayImport(string from, string to)
    {
        if (from == to || from.Length == 0)
            return IsKnown(from) && IsKnown(to);
        return IsKnown(from)
            && to.Length > 0
            && Array.IndexOf(Order, to) is >= 0 and var at
            && at < Array.IndexOf(Order, from)
            && (!Narrower.TryGetValue(from, out var only) || only.Contains(to));
    }

    /// <summary>The confined thing that a member belongs to and this stage may not use.</summary>
    public static string? Forbidden(string from, MemberInfo used) =>
        Confined.FirstOrDefault(rule => rule.Is(used) && !rule.Folders.Contains(from)).Name;

    private static bool IsKnown(string folder) => folder.Length == 0 || Order.Contains(folder);

    private static Type? TypeOf(MemberInfo member) => member as Type ?? member.DeclaringType;

    private static bool IsIn(MemberInfo member, string space) =>
        TypeOf(member)?.Namespace is { } actual && (actual == space || actual.StartsWith($"{space}.", StringComparison.Ordinal));

    /// <summary>Streams, path arithmetic and name patterns are not the file system; a reader that is given a path is.</summary>
    private static bool IsFileSystem(MemberInfo member) =>
        TypeOf(member) is { } type
        && (
            FileTypes.Contains(type)
            || (IsIn(type, "System.IO.Enumeration") && type != typeof(System.IO.Enumeration.FileSystemName))
            || IsIn(type, "System.IO.MemoryMappedFiles")
            || (type == typeof(Path) && PathsOnDisk.Contains(member.Name))
            || (
                type.Namespace == "System.IO"
                && member is ConstructorInfo maker
                && typeof(IDisposable).IsAssignableFrom(type)
                && type != typeof(StringReader)
                && maker.GetParameters() is [{ ParameterType: var first }, ..]
                && first == typeof(string)
            )
        );
}
