using System.Text;
using GitOpsGen.Lockfile;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>
/// Edits that people can read: each file beside this one is a lockfile, what it shall say, and what the edit makes of it. With
/// <c>GITOPSGEN_ACCEPT=1</c> the last two parts are rewritten.
/// </summary>
public class LockfileEditorTests
{
    private const string Wanted = "=== wanted\n",
        After = "=== after\n",
        Changes = "=== changes\n";

    private static readonly string Folder = RepositoryRoot.Combine("tests", "GitOpsGen.Tests", "Lockfile", "Edits");

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_edit_changes_only_the_lines_that_need_it(string name)
    {
        var path = Path.Combine(Folder, $"{name}.txt");
        var example = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (before, wanted) = (example[..example.IndexOf(Wanted, StringComparison.Ordinal)], Part(example, Wanted, After));
        var edit = Edit(before, wanted);
        var actual = $"{before}{Wanted}{wanted}{After}{Text(edit)}{Changes}{string.Concat(edit.Changes.Select(change => change.Text + "\n"))}";
        if (Environment.GetEnvironmentVariable("GITOPSGEN_ACCEPT") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(example, actual);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Line_endings_a_byte_order_mark_and_a_missing_last_line_break_survive(string name)
    {
        var example = File.ReadAllText(Path.Combine(Folder, $"{name}.txt")).ReplaceLineEndings("\n");
        var (before, wanted, after) = (
            example[..example.IndexOf(Wanted, StringComparison.Ordinal)],
            Part(example, Wanted, After),
            Part(example, After, Changes)
        );
        Assert.Equal(after.ReplaceLineEndings("\r\n"), Text(Edit(before.ReplaceLineEndings("\r\n"), wanted)));
        Assert.Equal(after.ReplaceLineEndings("\r"), Text(Edit(before.ReplaceLineEndings("\r"), wanted)));
        Assert.Equal(after[..^1], Text(Edit(before[..^1], wanted)));
        Assert.Equal("\ufeff" + after, Text(Edit("\ufeff" + before, wanted)));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_is_as_wanted_is_returned_as_it_is(string name)
    {
        var example = File.ReadAllText(Path.Combine(Folder, $"{name}.txt")).ReplaceLineEndings("\n");
        var after = Part(example, After, Changes);
        var edit = Edit(after, Part(example, Wanted, After));
        Assert.Equal((after, 0), (Text(edit), edit.Changes.Length));
    }

    [Fact]
    public void A_file_that_cannot_be_edited_is_refused_and_not_spoiled()
    {
        // The list follows an explicit key's colon, where no line can be removed.
        const string Before =
            "lockfileVersion: 1\n? packages\n: - package: x.io/a/b\n    kind: Provider\n    version: v1.0.0\n  - package: x.io/a/c\n    kind: Provider\n    version: v1.0.0\n";
        var error = Assert.Throws<InvalidOperationException>(() =>
            Edit(Before, "lockfileVersion: 1\npackages: [{ package: x.io/a/c, kind: Provider, version: v1.0.0 }]")
        );
        Assert.Contains(YamlText.File, error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "version: v1.1.0\n",
            Text(
                Edit(
                    Before,
                    "lockfileVersion: 1\npackages: [{ package: x.io/a/b, kind: Provider, version: v1.0.0 }, { package: x.io/a/c, kind: Provider, version: v1.1.0 }]"
                )
            ),
            StringComparison.Ordinal
        );
    }

    private static string Part(string example, string from, string to) =>
        example[(example.IndexOf(from, StringComparison.Ordinal) + from.Length)..example.IndexOf(to, StringComparison.Ordinal)];

    private static string Text(LockfileEdit edit) => Encoding.UTF8.GetString(edit.Content.Span);

    private static LockfileEdit Edit(string before, string wanted)
    {
        var content = Encoding.UTF8.GetBytes(before);
        var original = WantedLock.Read(content);
        return LockfileEditor.Edit(YamlText.File, content, original, WantedLock.Of(original, WantedLock.Read(Encoding.UTF8.GetBytes(wanted))));
    }
}
