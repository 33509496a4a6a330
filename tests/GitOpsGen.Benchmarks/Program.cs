using System.Globalization;
using GitOpsGen.Benchmarks;

// Usage: GitOpsGen.Benchmarks EXECUTABLE REPOSITORY [SCRATCH]. SCRATCH should be on tmpfs: on a disk, the same copy takes 0.4 to 8 s.
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
    return 0;
}
finally
{
    if (Directory.Exists(scratch))
    {
        Directory.Delete(scratch, recursive: true);
    }
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
