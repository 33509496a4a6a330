using System.Globalization;
using System.Text.Json;
using GitOpsGen.Benchmarks;

// Usage: GitOpsGen.Benchmarks EXECUTABLE REPOSITORY [SCRATCH]. Rows about validation need GITOPSGEN_SHARED, or `shared` beside the
// repository. SCRATCH should be on tmpfs: on a disk, the same copy takes 0.4 to 8 s.
if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: GitOpsGen.Benchmarks EXECUTABLE REPOSITORY [SCRATCH]");
    return 64;
}

const int Rounds = 9;
var (gitopsgen, repository) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]));
var scratch = Path.Combine(args.Length > 2 ? args[2] : "/dev/shm", $"gitopsgen-benchmark-{Environment.ProcessId}");
try
{
    var standard = Work("standard", 200);
    var large = Work("large", 1000);

    var (render, copy) = Run.Fastest(
        Rounds,
        () => Timed(standard, "rm -rf manifests", $"{gitopsgen} render --quiet"),
        () => Timed(standard, "rm -rf copy", "cp -r manifests copy"));
    Run.Shell(standard, "rm -rf copy");
    Report("render, 200 environments x 60 packages, against cp -r of the output", 3, render / copy);

    var (check, cat) = Run.Fastest(
        Rounds,
        () => Run.Shell(standard, $"{gitopsgen} check --quiet"),
        () => Run.Shell(standard, "find manifests -type f -print0 | xargs -0 cat > /dev/null"));
    Report("check, against find | xargs cat of the output", 2, check / cat);

    var (thousand, twoHundred) = Run.Fastest(
        3,
        () => Timed(large, "rm -rf manifests", $"{gitopsgen} render --quiet"),
        () => Timed(standard, "rm -rf manifests", $"{gitopsgen} render --quiet"));
    Report("render of 1,000 environments, against 200", 5.5, thousand / twoHundred);

    Run.Shell(large, "rm -rf manifests");
    var peak = Run.WithPeak(large, $"{gitopsgen} render --quiet").PeakBytes;
    Report("peak memory of render at 1,000 environments, in MiB", 250, peak / 1048576.0);

    var (own, kustomize) = Run.Fastest(
        Rounds * 2,
        () => Run.Shell(repository, $"{gitopsgen} check --quiet"),
        () => Run.Shell(repository, "kubectl kustomize manifests/overlays/tfc-cluster1 > /dev/null"));
    Report("check of this repository, against kubectl kustomize of its overlay", 0.5, own / kustomize);
    await Validation(standard);
    return 0;
}
finally
{
    if (Directory.Exists(scratch))
    {
        Directory.Delete(scratch, recursive: true);
    }
}

async Task Validation(string standard)
{
    var crds = Path.Combine(Environment.GetEnvironmentVariable("GITOPSGEN_SHARED") ?? Path.Combine(repository, "..", "shared"), "data", "crds");
    if (!Directory.Exists(crds))
    {
        Console.WriteLine($"--    validation is not measured: there is no {crds}");
        return;
    }

    var (objects, fastest) = (0L, TimeSpan.MaxValue);
    for (var i = 0; i < Rounds; i++)
    {
        var run = Run.Shell(standard, $"{gitopsgen} validate --crds {crds} --format json");
        using var result = JsonDocument.Parse(run.Output);
        objects = result.RootElement.GetProperty("validate").GetProperty("valid").GetInt64();
        fastest = run.Wall < fastest ? run.Wall : fastest;
    }

    Report($"validate of {objects} objects, 10,000 a second against measured", 1, 10_000 / (objects / fastest.TotalSeconds));

    var race = await ValidatorRace.Load(Path.Combine(standard, "manifests"), crds);
    var (ours, theirs) = Run.Fastest(Rounds, () => new(race.Own(), 0), () => new(race.Other(), 0));
    Report($"validation of {race.Count} objects from text, against NJsonSchema", 0.2, ours / theirs);

    var small = Path.Combine(scratch, "small");
    StandardWork.Write(small, 1, packages: 1);
    var provider = Directory.EnumerateFiles(crds, "*_providers.yaml", SearchOption.AllDirectories).Single(path => Path.GetFileName(path).StartsWith("pkg.", StringComparison.Ordinal));
    var (with, without) = Run.Fastest(
        Rounds * 5,
        () => Run.Shell(small, $"{gitopsgen} validate --quiet --crds {provider}"),
        () => Run.Shell(small, $"{gitopsgen} validate --quiet"));
    var (start, _) = Run.Fastest(Rounds * 5, () => Run.Shell(small, $"{gitopsgen} --version"), () => default);
    Report("validate with the Provider CRD less without it, against --version", 1, (with - without) / start);
}

string Work(string name, int environments)
{
    var root = Path.Combine(scratch, name);
    StandardWork.Write(root, environments);
    Run.Shell(root, $"{gitopsgen} render --quiet");
    return root;
}

static Run Timed(string folder, string prepare, string command)
{
    Run.Shell(folder, prepare);
    return Run.Shell(folder, command);
}

static void Report(string what, double aim, double value) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(value <= aim ? "ok  " : "OVER")}  {value,7:0.00}  (aim {aim})  {what}"));
