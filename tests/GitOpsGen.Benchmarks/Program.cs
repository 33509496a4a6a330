using System.Globalization;
using System.Text.Json;
using GitOpsGen.Benchmarks;

// Usage: GitOpsGen.Benchmarks EXECUTABLE REPOSITORY [SCRATCH [validate|lock|status|guards|staged|diff|publish|start|builds|import]]. SCRATCH should be on tmpfs: on a disk, the
// same copy takes 0.4 to 8 s. With the name of some rows, only the rows about it are measured; those of `validate` need GITOPSGEN_SHARED, or `shared`
// beside the repository, and those of `start` the packages of a release in GITOPSGEN_PACKAGES, or below the repository's artifacts/packages.
if (args.Length < 2)
{
    Console.Error.WriteLine(
        "Usage: GitOpsGen.Benchmarks EXECUTABLE REPOSITORY [SCRATCH [validate|lock|status|guards|staged|diff|publish|start|builds|import]]"
    );
    return 64;
}

const int Rounds = 9;
const string Identity = "GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com";
var (gitopsgen, repository) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]));
var scratch = Path.Combine(args.Length > 2 ? args[2] : "/dev/shm", $"gitopsgen-benchmark-{Environment.ProcessId}");
try
{
    var rows = args.Length > 3 ? args[3] : null;
    if (rows is null or "validate")
    {
        var standard = Work("standard", 200);
        if (rows is null)
        {
            Rendering(standard, Work("large", 1000));
        }

        await Validation(standard);
    }

    if (rows is null or "lock")
    {
        Locking();
    }

    if (rows is null or "status")
    {
        Overview();
    }

    if (rows is null or "guards")
    {
        Guards();
    }

    if (rows is null or "staged")
    {
        Staged();
    }

    if (rows is null or "diff")
    {
        Reviewing();
    }

    if (rows is null or "publish")
    {
        Publishing();
    }

    if (rows is null or "start")
    {
        Starting();
    }

    if (rows is null or "builds")
    {
        Builds();
    }

    if (rows is null or "import")
    {
        Importing();
    }

    return 0;
}
finally
{
    if (Directory.Exists(scratch))
    {
        Directory.Delete(scratch, recursive: true);
    }
}

void Rendering(string standard, string large)
{
    var (render, copy) = Run.Fastest(
        Rounds,
        () => Timed(standard, "rm -rf manifests", $"{gitopsgen} render --quiet"),
        () => Timed(standard, "rm -rf copy", "cp -r manifests copy")
    );
    Run.Shell(standard, "rm -rf copy");
    Report("render, 200 environments x 60 packages, against cp -r of the output", 2, render / copy);

    var (check, cat) = Run.Fastest(
        Rounds,
        () => Run.Shell(standard, $"{gitopsgen} check --quiet"),
        () => Run.Shell(standard, "find manifests -type f -print0 | xargs -0 cat > /dev/null")
    );
    Report("check, against find | xargs cat of the output", 1.5, check / cat);

    var (thousand, twoHundred) = Run.Fastest(
        3,
        () => Timed(large, "rm -rf manifests", $"{gitopsgen} render --quiet"),
        () => Timed(standard, "rm -rf manifests", $"{gitopsgen} render --quiet")
    );
    Report("render of 1,000 environments, against 200", 5.5, thousand / twoHundred);

    Run.Shell(large, "rm -rf manifests");
    var peak = Run.WithPeak(large, $"{gitopsgen} render --quiet").PeakBytes;
    Report("peak memory of render at 1,000 environments, in MiB", 250, peak / 1048576.0);

    var (own, kustomize) = Run.Fastest(
        Rounds * 2,
        () => Run.Shell(repository, $"{gitopsgen} check --quiet"),
        () => Run.Shell(repository, "kubectl kustomize manifests/overlays/tfc-cluster1 > /dev/null")
    );
    Report("check of this repository, against kubectl kustomize of its overlay", 0.4, own / kustomize);

    var (start, other) = Run.Fastest(
        Rounds * 5,
        () => Run.Shell(repository, $"{gitopsgen} --version"),
        () => Run.Shell(repository, "kubectl version --client")
    );
    Report("--version, against kubectl version --client", 0.5, start / other);
}

void Staged()
{
    var root = Path.Combine(scratch, "staged");
    StandardWork.Write(root, 200);
    Run.Shell(root, $"{gitopsgen} render --quiet && git init --quiet && git add --all");
    var (staged, check) = Run.Fastest(
        Rounds,
        () => Run.Shell(root, $"{gitopsgen} check --staged --quiet"),
        () => Run.Shell(root, $"{gitopsgen} check --quiet")
    );
    Report("check --staged of 200 environments x 60 packages, against check", 1, staged / check);
}

void Starting()
{
    var feed = Environment.GetEnvironmentVariable("GITOPSGEN_PACKAGES") ?? Path.Combine(repository, "artifacts", "packages");
    if (!Directory.Exists(feed))
    {
        Console.WriteLine($"--    the start of installed tools is not measured: there is no {feed}");
        return;
    }

    var root = Path.Combine(scratch, "start");
    Directory.CreateDirectory(root);
    File.WriteAllText(
        Path.Combine(root, "nuget.config"),
        $"""<configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>"""
    );
    var home = $"export HOME={root} DOTNET_CLI_HOME={root} NUGET_PACKAGES={root}/packages DOTNET_NOLOGO=1;";
    var version = Run.Shell(repository, $"{gitopsgen} --version").Output.Trim();
    Run.Shell(root, $"{home} dotnet new tool-manifest && dotnet tool install GitOpsGen --version {version}");
    Run.Shell(root, $"{home} dotnet tool install GitOpsGen --version {version} --tool-path bin");
    Run.Shell(root, $"unzip -q {feed}/GitOpsGen.any.{version}.nupkg -d portable");
    foreach (
        var (name, command, aim) in (ReadOnlySpan<(string, string, double)>)
            [
                ("installed with --tool-path", "bin/gitopsgen", 1.5),
                ("portable, on the runtime", "dotnet portable/tools/net10.0/any/gitopsgen.dll", 15),
                ("local tool, by dotnet gitopsgen", "dotnet gitopsgen", 45),
                ("dotnet tool exec", $"dotnet tool exec GitOpsGen@{version} --yes --", 80),
            ]
    )
    {
        var (wrapped, bare) = Run.Fastest(
            Rounds,
            () => Run.Shell(root, $"{home} {command} --version"),
            () => Run.Shell(root, $"{home} {gitopsgen} --version")
        );
        Report($"--version, {name}, against the executable alone", aim, wrapped / bare);
    }
}

void Reviewing()
{
    var root = Path.Combine(scratch, "bumped");
    StandardWork.Write(root, 200);
    Commit(root);
    StandardWork.Bump(root);
    Run.Shell(root, $"{gitopsgen} render --quiet");
    var (diff, check) = Run.Fastest(Rounds, () => Run.Shell(root, $"{gitopsgen} diff --quiet"), () => Run.Shell(root, $"{gitopsgen} check --quiet"));
    Report("diff of 200 environments x 60 packages with one bumped, against check", 2.5, diff / check);
    var review = new ReviewWork(root);
    var (read, _) = Run.Fastest(Rounds, () => new(review.ReadBase(), 0), () => default);
    Report("what diff reads of base: inputs, names of objects, changed files; against check", 0.15, read / check);

    var different = Path.Combine(scratch, "different");
    StandardWork.Write(different, 300, packages: 22);
    Commit(different);
    StandardWork.MovePrefixes(different);
    Run.Shell(different, $"{gitopsgen} render --quiet");
    var page = new ReviewWork(different);
    var (whole, markdown) = Run.Fastest(Rounds, () => Run.Shell(different, $"{gitopsgen} diff --quiet"), () => new(page.WriteMarkdown(), 0));
    Report("markdown of 300 environments that all change differently, in 60,000 bytes, against diff", 0.1, markdown / whole);
}

void Publishing()
{
    var root = Path.Combine(scratch, "published");
    StandardWork.Write(root, 200);
    Commit(root);
    Run.Shell(scratch, "git init --quiet --bare --initial-branch main target && git -C target config receive.denyCurrentBranch ignore");
    var publish = $"{Identity} {gitopsgen} publish --quiet --repository {scratch}/target --branch main";
    Run.Shell(root, publish);
    var before = Run.Shell(scratch, "git -C target rev-parse main").Output.Trim();
    StandardWork.BumpInTen(root);
    Run.Shell(root, $"{gitopsgen} render --quiet && git add --all && {Identity} git commit --quiet --message b");
    var byHand =
        $"git clone --quiet --depth 1 file://{scratch}/target {scratch}/hand && cp -r {root}/manifests {scratch}/hand"
        + $" && cd {scratch}/hand && git add --all && {Identity} git commit --quiet --message b && git push --quiet";
    var (published, hand) = Run.Fastest(Rounds, () => Restored(Run.Shell(root, publish)), () => Restored(Run.Shell(scratch, byHand)));
    var (check, _) = Run.Fastest(Rounds, () => Run.Shell(root, $"{gitopsgen} check --quiet"), () => default);
    Report(
        "publish of ten changes into a branch of 15,000 files, without what check takes, against a clone and a push by hand",
        1.5,
        (published - check) / hand
    );

    Run Restored(Run run)
    {
        Run.Shell(scratch, $"git -C target update-ref refs/heads/main {before} && rm -rf hand");
        return run;
    }
}

void Commit(string root) =>
    Run.Shell(root, $"{gitopsgen} render --quiet && git init --quiet && git add --all && {Identity} git commit --quiet --message a");

void Builds()
{
    var (with, without) = BuildWork.Make(repository, scratch);
    var (own, plain) = Run.Fastest(Rounds, with.BuildAgain, without.BuildAgain);
    Report("dotnet build of 12 projects with nothing to do, all with the package, against without it, processor time", 1.03, own / plain);
    var (check, ci) = Run.Fastest(Rounds, with.BuildInCi, without.BuildInCi);
    Report("the same in CI, where it checks once", 1.6, check / ci);
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

    // Few enough to stay in the processor's caches, as objects do that are validated when they have just been read.
    var race = await ValidatorRace.Load(Path.Combine(Work("few", 20), "manifests"), crds);
    var (ours, theirs) = Run.Fastest(Rounds * 20, () => new(race.Own(), 0), () => new(race.Other(), 0));
    Report($"validation of {race.Count} objects in memory, against NJsonSchema", 0.2, ours / theirs);
    (ours, theirs) = Run.Fastest(Rounds * 5, () => new(race.OwnFromText(), 0), () => new(race.OtherFromText(), 0));
    Report("the same from YAML text, which YamlDotNet reads for NJsonSchema", 1, ours / theirs);

    var small = Path.Combine(scratch, "small");
    StandardWork.Write(small, 1, packages: 1);
    var provider = Directory
        .EnumerateFiles(crds, "*_providers.yaml", SearchOption.AllDirectories)
        .Single(path => Path.GetFileName(path).StartsWith("pkg.", StringComparison.Ordinal));
    var (with, without) = Run.Fastest(
        Rounds * 5,
        () => Run.Shell(small, $"{gitopsgen} validate --quiet --crds {provider}"),
        () => Run.Shell(small, $"{gitopsgen} validate --quiet")
    );
    var (start, _) = Run.Fastest(Rounds * 5, () => Run.Shell(small, $"{gitopsgen} --version"), () => default);
    Report("validate with the Provider CRD less without it, against --version", 1, (with - without) / start);
}

void Locking()
{
    using (var far = new LockWork(Path.Combine(scratch, "far"), 60, TimeSpan.FromMilliseconds(20)))
    using (var single = new LockWork(Path.Combine(scratch, "single"), 1, TimeSpan.FromMilliseconds(20)))
    {
        var (sixty, one) = Run.Fastest(Rounds, () => Unlocked(far), () => Unlocked(single));
        Report("lock of 60 packages, 20 ms from their registry, against one", 6, sixty / one);
    }

    using (var near = new LockWork(Path.Combine(scratch, "near"), 60, TimeSpan.Zero))
    {
        Run.Shell(near.Root, $"{gitopsgen} lock --quiet && {gitopsgen} render --quiet");
        var (known, check) = Run.Fastest(
            Rounds * 2,
            () => Run.Shell(near.Root, $"{gitopsgen} lock --check --quiet"),
            () => Run.Shell(near.Root, $"{gitopsgen} check --quiet")
        );
        Report("lock of 60 packages with everything known, against check, one environment", 1.5, known / check);
    }

    using var large = LockWork.OfLayer(Path.Combine(scratch, "layer"), 100 << 20);
    var idle = Run.WithPeak(large.Root, $"{gitopsgen} --version").PeakBytes;
    var peak = Run.WithPeak(large.Root, $"{gitopsgen} lock --quiet").PeakBytes;
    Report("peak memory of lock, a package layer of 100 MB, above that of --version, in MiB", 64, (peak - idle) / 1048576.0);
}

void Overview()
{
    var root = Path.Combine(scratch, "versions");
    StandardWork.Write(root, 200);
    StandardWork.MoveFirst(root);
    foreach (var command in (string[])["status", "promote cluster-0000 'cluster-*' --dry-run"])
    {
        var (own, lint) = Run.Fastest(
            Rounds * 2,
            () => Run.Shell(root, $"{gitopsgen} {command} --quiet"),
            () => Run.Shell(root, $"{gitopsgen} lint --quiet")
        );
        Report($"{command.Split(' ')[0]} of 200 environments x 60 packages in two versions, against lint of the same", 1.2, own / lint);
    }
}

// One file in five has a package; the others speak of something else, as most of a repository does.
void Importing()
{
    var root = Path.Combine(scratch, "import");
    for (var i = 0; i < 10_000; i++)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "apps", $"{i / 100}")).FullName;
        File.WriteAllText(
            Path.Combine(folder, $"{i}.yaml"),
            i % 5 == 0
                ? $"apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {{ name: acme-function-{i} }}\nspec: {{ package: \"ghcr.io/acme/function-{i}:v1.0.0\" }}\n"
                : $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: c{i} }}\ndata:\n{string.Concat(Enumerable.Range(0, 20).Select(key => $"  key{key}: value-{i}\n"))}"
        );
    }

    // It writes both files once, for lint; then it only looks.
    Run.Shell(root, $"{gitopsgen} import apps --quiet");
    var (import, reading) = Run.Fastest(
        Rounds,
        () => Run.Shell(root, $"{gitopsgen} import apps --compare --quiet"),
        () => Run.Shell(root, $"find apps -type f | xargs cat > /dev/null && {gitopsgen} lint --quiet")
    );
    Report("import of 10,000 files with 2,000 packages, against reading them and lint of the result", 3, import / reading);
}

void Guards()
{
    var (plain, own) = (Path.Combine(scratch, "plain"), Path.Combine(scratch, "own-template"));
    foreach (var root in (string[])[plain, own])
    {
        StandardWork.Write(root, 300, packages: 22);
    }

    const string Template = "overlays/{environment}/packages/wave-{wave}/{object}.yaml";
    Run.Shell(own, $"{gitopsgen} template eject '{Template}' --quiet");
    var path = Path.Combine(own, "templates", $"{Template}.scriban");
    File.WriteAllText(path, File.ReadAllText(path).Replace("metadata:\n", "metadata:\n  labels: { team: platform }\n", StringComparison.Ordinal));
    Run.Shell(plain, $"{gitopsgen} render --quiet");
    Run.Shell(own, $"{gitopsgen} render --quiet");
    var (guarded, check) = Run.Fastest(
        Rounds,
        () => Run.Shell(own, $"{gitopsgen} check --quiet"),
        () => Run.Shell(plain, $"{gitopsgen} check --quiet")
    );
    Report("check of 300 environments x 22 packages with an own template, against the same without", 2, guarded / check);
}

Run Unlocked(LockWork work)
{
    work.Unlock();
    return Run.Shell(work.Root, $"{gitopsgen} lock --quiet");
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
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(value <= aim ? "ok  " : "OVER")}  {value, 7:0.00}  (aim {aim})  {what}"));
