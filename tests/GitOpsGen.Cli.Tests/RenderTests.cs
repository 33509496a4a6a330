using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What builds and hooks ask of render and check.</summary>
public sealed class RenderTests
{
    private static readonly string[] Inputs =
    [
        ".config/gitopsgen.yaml",
        "packages.lock.yaml",
        "templates/",
        "templates/empty/",
        "templates/empty/deep/",
        "templates/iam/",
        "templates/iam/{environment}/",
        "templates/iam/{environment}/ü.txt.scriban",
    ];

    [Fact]
    public void Exit_code_tells_whether_something_was_written()
    {
        using var folder = Started();

        Assert.Contains("manifests/ was written", InProcess.Run(folder.Path, "render", "--exit-code").Exits(2).Output, StringComparison.Ordinal);
        InProcess.Run(folder.Path, "render", "--exit-code").Exits(0);
        File.AppendAllText(folder["manifests/overlays/dev/kustomization.yaml"], "# mine\n");
        InProcess.Run(folder.Path, "render", "--exit-code").Exits(1);
    }

    [Fact]
    public void A_render_does_not_wait_unless_it_is_told_to()
    {
        using var folder = Started();
        folder.Write("manifests/.gitopsgen-lock", "");
        using (File.OpenHandle(folder["manifests/.gitopsgen-lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("GOG5006", InProcess.Run(folder.Path, "render", "--format", "json").Exits(1).Codes);
            Assert.Contains("GOG5006", InProcess.Run(folder.Path, "render", "--format", "json", "--wait", "1").Exits(1).Codes);
        }

        InProcess.Run(folder.Path, "render", "--wait", "0").Exits(0);
    }

    [Theory]
    [InlineData("render", 0)]
    [InlineData("check", 2)]
    public void The_list_of_inputs_has_every_file_that_was_read_and_every_folder_that_was_listed(string command, int exitCode)
    {
        using var folder = Started();
        folder.Write("templates/iam/{environment}/ü.txt.scriban", "x");
        folder.Write("templates/notes.md", "ignored");
        folder.Write("templates/empty/deep/.keep", "");
        var list = folder["obj/inputs"];

        InProcess.Run(folder.Path, command, "--report", $"inputs={list}").Exits(exitCode);

        Assert.Equal(string.Concat(Inputs.Select(path => $"{folder[path]}\n")), File.ReadAllText(list));
        Assert.NotEqual(0xEF, File.ReadAllBytes(list)[0]);
    }

    [Fact]
    public void Settings_and_a_lockfile_elsewhere_are_inputs_too()
    {
        using var folder = Started();
        using var elsewhere = new WorkFolder();
        File.Move(folder[WorkFolder.Lockfile], elsewhere["other.lock.yaml"]);
        File.Move(folder[WorkFolder.Settings], elsewhere["other.yaml"]);

        InProcess
            .Run(
                folder.Path,
                "render",
                "--lockfile",
                elsewhere["other.lock.yaml"],
                "--settings",
                elsewhere["other.yaml"],
                "--report",
                $"inputs={folder["list"]}"
            )
            .Exits(0);

        Assert.Equal([elsewhere["other.lock.yaml"], elsewhere["other.yaml"]], File.ReadAllLines(folder["list"]));
    }

    [Fact]
    public void A_run_that_fails_leaves_the_list_of_inputs_as_it_was()
    {
        using var folder = Started();
        folder.Write("list", "before");
        folder.Write(WorkFolder.Lockfile, "[");

        InProcess.Run(folder.Path, "render", "--report", $"inputs={folder["list"]}", "--report", $"json={folder["json"]}").Exits(1);

        Assert.Equal("before", File.ReadAllText(folder["list"]));
        Assert.True(File.Exists(folder["json"]));
    }

    [Fact]
    public void A_list_of_inputs_never_replaces_an_input()
    {
        using var folder = Started();
        var before = folder.Snapshot();

        Assert.Contains(
            "GOG5007",
            InProcess.Run(folder.Path, "check", "--format", "json", "--report", $"inputs={folder[WorkFolder.Lockfile]}").Exits(1).Codes
        );

        Assert.Equal(before, folder.Snapshot());
    }

    private static WorkFolder Started()
    {
        var folder = new WorkFolder();
        InProcess.Run(folder.Path, "init").Exits(0);
        return folder;
    }
}
