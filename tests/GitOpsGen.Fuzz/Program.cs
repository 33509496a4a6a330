using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Fuzz;

// dotnet run -c Release --project tests/GitOpsGen.Fuzz -- [--minutes N] [--seed N] [--target NAME] [--findings FOLDER]
string Given(string name, string fallback) => Array.IndexOf(args, $"--{name}") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;

var minutes = double.Parse(Given("minutes", "1"), CultureInfo.InvariantCulture);
var seed = int.Parse(Given("seed", "1"), CultureInfo.InvariantCulture);
var only = Given("target", "");
var findings = Path.GetFullPath(Given("findings", "artifacts/fuzz"));
var scenarios = Path.GetFullPath("tests/scenarios");
var targets = Parsers.All(scenarios).Append(Commands.Of(scenarios)).Where(target => only.Length == 0 || target.Name == only).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine($"There is no target '{only}'.");
    return 64;
}

// Whole commands need half of the time: they are slower, and all parsers are in them.
var shares = targets.Sum(Share);
var failed = 0;
Console.WriteLine($"{"target", -15} {"cases", 9} {"seconds", 8} {"slowest ms", 10} {"findings", 8}   seed {seed}");
foreach (var target in targets)
{
    failed += Fuzz(target, TimeSpan.FromMinutes(minutes * Share(target) / shares));
}

Workspace.Remove();
return failed == 0 ? 0 : 1;

int Share(FuzzTarget target) => target.Name == "commands" ? Math.Max(1, targets.Count - 1) : 1;

int Fuzz(FuzzTarget target, TimeSpan time)
{
    var clock = Stopwatch.StartNew();
    var known = new HashSet<string>(StringComparer.Ordinal);
    var (cases, slowest) = (0, TimeSpan.Zero);
    for (; clock.Elapsed < time || cases == 0; cases++)
    {
        // Each case has random numbers of its own, so that one can be made again without those before it.
        var input = new Mutation(new(unchecked((seed * 1_000_003) + cases)), target.Seeds).Next();
        var started = clock.Elapsed;
        using var guard = new Timer(_ => Hang(target, input), null, FuzzTarget.LongestCase * 4, Timeout.InfiniteTimeSpan);
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

// A thread that never ends cannot be ended: what it reads is saved, and the program with it.
void Hang(FuzzTarget target, FuzzCase input)
{
    Save(target, input, "does not end");
    Environment.Exit(1);
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
    File.WriteAllText(Path.Combine(folder, "problem.txt"), $"{problem}\n{string.Join(' ', found.Words)}\n");
    Console.WriteLine($"{target.Name}: {problem} {string.Join(' ', found.Words)}: {folder}");
}
