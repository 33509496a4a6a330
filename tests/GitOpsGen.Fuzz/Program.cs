using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Fuzz;

const string ProblemFile = "problem.txt";

// dotnet run -c Release --project tests/GitOpsGen.Fuzz -- [--minutes N] [--seed N] [--target NAME] [--findings FOLDER] [--again FOLDER]
string Given(string name, string fallback) => Array.IndexOf(args, $"--{name}") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;

var minutes = double.Parse(Given("minutes", "1"), CultureInfo.InvariantCulture);
var seed = int.Parse(Given("seed", "1"), CultureInfo.InvariantCulture);
var only = Given("target", "");
var findings = Path.GetFullPath(Given("findings", "artifacts/fuzz"));
var again = Given("again", "");
var scenarios = Path.GetFullPath("tests/scenarios");
var seeds = Path.GetFullPath("tests/GitOpsGen.Fuzz/Seeds");
GitRepositories.Separate();
FuzzTarget[] all =
[
    .. Parsers.All(scenarios, seeds),
    Scenarios.Validation(seeds),
    Imports.Target(scenarios, seeds),
    GitRepositories.Target(scenarios),
    Scenarios.Commands(scenarios),
];
if (again.Length > 0)
{
    return Again(again);
}

var targets = Array.FindAll(all, target => only.Length == 0 || target.Name == only);
if (targets.Length == 0)
{
    Console.Error.WriteLine($"There is no target '{only}', but {string.Join(", ", all.Select(target => target.Name))}.");
    return 64;
}

var failed = 0;
Console.WriteLine($"{"target", -15} {"cases", 9} {"seconds", 8} {"slowest ms", 10} {"findings", 8}   seed {seed}");
foreach (var target in targets)
{
    failed += Fuzz(target, TimeSpan.FromMinutes(minutes * target.Share / targets.Sum(other => other.Share)));
}

Workspace.Remove();
return failed == 0 ? 0 : 1;

int Fuzz(FuzzTarget target, TimeSpan time)
{
    var known = new HashSet<string>(StringComparer.Ordinal);
    var start = target.Seeds.Value;
    var clock = Stopwatch.StartNew();
    var (cases, slowest) = (0, TimeSpan.Zero);
    for (; clock.Elapsed < time || cases == 0; cases++)
    {
        // Each case has random numbers of its own, so that one can be made again without those before it.
        var input = new Mutation(new(unchecked((seed * 1_000_003) + cases)), start).Next();
        var started = clock.Elapsed;
        using var guard = Guard(target, input);
        var problem = target.Problem(input);
        slowest = clock.Elapsed - started > slowest ? clock.Elapsed - started : slowest;
        if (problem is not null && known.Add(problem))
        {
            Save(target, Shrinking.Of(target, input, problem), problem);
        }
    }

    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name, -15} {cases, 9} {clock.Elapsed.TotalSeconds, 8:0.0} {slowest.TotalMilliseconds, 10:0} {known.Count, 8}"
        )
    );
    return known.Count;
}

// A thread that never ends cannot be ended: what it reads is saved, and the program with it. One that waits uses no processor time, so that the clock
// counts too; but no machine is so slow.
Timer Guard(FuzzTarget target, FuzzCase input)
{
    var (used, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
    return new(
        _ =>
        {
            if (Environment.CpuUsage.TotalTime - used > FuzzTarget.LongestCase * 4 || clock.Elapsed > FuzzTarget.LongestCase * 20)
            {
                Save(target, input, "does not end");
                Environment.Exit(1);
            }
        },
        null,
        FuzzTarget.LongestCase,
        FuzzTarget.LongestCase
    );
}

// What was found before, in the folder that it was saved to.
int Again(string folder)
{
    var files = Workspace.ReadAll(folder);
    var words = Encoding.UTF8.GetString(files[ProblemFile]).Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
    var target = Array.Find(
        all,
        target => name.StartsWith(target.Name + "-", StringComparison.Ordinal) && name.LastIndexOf('-') == target.Name.Length
    )!;
    var problem = target.Problem(new(files.Remove(ProblemFile), [.. words]));
    Console.WriteLine(problem ?? "All invariants hold.");
    Workspace.Remove();
    return problem is null ? 0 : 1;
}

// A folder like those of tests/scenarios.
void Save(FuzzTarget target, FuzzCase found, string problem)
{
    var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(problem + string.Join(' ', found.Words))))[..8];
    var folder = Path.Combine(findings, $"{target.Name}-{hash}");
    foreach (var (path, content) in found.Files)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, ProblemFile), $"{problem}\n{string.Join(' ', found.Words)}\n");
    Console.WriteLine($"{target.Name}: {problem} {string.Join(' ', found.Words)}: {folder}");
}
