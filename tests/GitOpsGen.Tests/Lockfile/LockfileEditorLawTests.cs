using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Lockfile;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>For any lockfile that somebody may have written and any change: the result says what is wanted, and nothing else was touched.</summary>
public partial class LockfileEditorLawTests
{
    private const int Cases = 600;

    [Fact]
    public void An_edit_gives_exactly_the_wanted_lock_and_touches_nothing_else() =>
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Sample(
                (layout, change) =>
                {
                    var content = RandomLockfile.Of(layout);
                    var original = WantedLock.Read(content);
                    var wanted = new RandomChange(change).Of(original);
                    var (before, after) = (Encoding.UTF8.GetString(content), "");
                    try
                    {
                        var edit = LockfileEditor.Edit(YamlText.File, content, original, wanted);
                        after = Encoding.UTF8.GetString(edit.Content.Span);
                        var result = WantedLock.Read(edit.Content.ToArray());
                        CheckModel(wanted, result);
                        CheckBytes(new(original, before), new(result, after), wanted);
                    }
                    catch (Exception e)
                    {
                        throw new InvalidOperationException(
                            $"{e.Message}\n--- before\n{before}\n--- wanted\n{string.Join('\n', wanted.Packages.Select(Describe))}\n--- after\n{after}",
                            e
                        );
                    }
                },
                iter: Cases
            );

    [Fact]
    public void An_edit_to_the_same_model_changes_nothing() =>
        Gen.Int[0, 1 << 20]
            .Sample(
                layout =>
                {
                    var content = RandomLockfile.Of(layout);
                    var original = WantedLock.Read(content);
                    var shuffled = new PackageLock([.. original.Packages.Reverse().Select(entry => entry with { Kind = entry.Kind })]);
                    var edit = LockfileEditor.Edit(YamlText.File, content, original, shuffled);
                    return edit.Changes.IsEmpty && edit.Content.Span.SequenceEqual(content);
                },
                iter: Cases / 2
            );

    private static void CheckModel(PackageLock wanted, PackageLock result)
    {
        Assert.Equal(wanted.Packages.Length, result.Packages.Length);
        var kept = wanted.Packages.Where(entry => entry.Index is not null).OrderBy(entry => entry.Index).ToList();
        var added = wanted.Packages.Where(entry => entry.Index is null).ToList();
        foreach (var entry in result.Packages)
        {
            // The file's own entries keep their order; new ones appear somewhere between them.
            if (kept is [var next, ..] && Describe(next) == Describe(entry))
            {
                kept.RemoveAt(0);
            }
            else
            {
                Assert.True(added.Remove(added.Find(a => Describe(a) == Describe(entry))!), $"{Describe(entry)} was not wanted.");
            }
        }

        Assert.Empty(kept);
    }

    // Written out here, field by field, so that the editor's own idea of equality is not what is trusted.
    private static string Describe(LockEntry e) =>
        string.Join(
            '|',
            e.Package,
            e.Kind,
            e.Version,
            $"{e.Locked}{e.UnboundDigest}",
            e.Published,
            e.Chart,
            e.Attached is { } beside ? string.Join(';', beside) : "-",
            e.IsIndirect,
            e.RequiresCrossplane?.Value.Text ?? "-",
            e.DependsOn is { } needs ? $"{needs.Length}:{string.Join(';', needs.Select(d => $"{d.Package} {d.Kind} {d.Constraint}"))}" : "-",
            e.Environments is { } where ? string.Join(',', where) : "-",
            e.Name
        );

    private static void CheckBytes(EditedFile before, EditedFile after, PackageLock wanted)
    {
        Assert.Equal(before.Text.StartsWith('\ufeff'), after.Text.StartsWith('\ufeff'));
        Assert.Equal(before.Text[^1] == '\n', after.Text[^1] == '\n');
        Assert.Equal(before.Text.Contains("\r\n", StringComparison.Ordinal), after.Text.Contains('\r', StringComparison.Ordinal));
        Assert.DoesNotMatch(LoneBreaks(), before.Text.Contains('\r', StringComparison.Ordinal) ? after.Text : "");
        var kept = wanted.Packages.Where(entry => entry.Index is not null).ToDictionary(entry => entry.Index!.Value);
        var places = after.Lock.Packages.ToList();
        foreach (var old in before.Lock.Packages.Where(entry => kept.ContainsKey(entry.Index!.Value)))
        {
            var now = places[places.FindIndex(entry => Describe(entry) == Describe(kept[old.Index!.Value]))];
            if (Describe(old) == Describe(kept[old.Index!.Value]))
            {
                Assert.Equal(before.SliceOf(old), after.SliceOf(now));
            }

            places.RemoveRange(0, places.IndexOf(now) + 1);
        }

        Assert.Equal("", string.Join(' ', before.CommentsThatMayNotGo(wanted).Except(EditedFile.CommentsOf(after.Text))));
        Assert.Equal("", string.Join('\n', before.LinesThatMayNotGo(wanted).Where(line => !after.Text.Contains(line, StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex LoneBreaks();

    /// <summary>A file as text and as what it says.</summary>
    private sealed partial record EditedFile(PackageLock Lock, string Text)
    {
        private readonly string[] lines = Text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');

        public static IEnumerable<string> CommentsOf(string text) => Comment().Matches(text).Select(match => match.Value);

        public string SliceOf(LockEntry entry)
        {
            var (start, end) = (entry.Span.Start, entry.Span.End);
            return string.Join(
                    '\n',
                    lines[(start.Line - 1)..end.Line]
                        .Select((line, i) => line[(i == 0 ? start.Column - 1 : 0)..(i == end.Line - start.Line ? end.Column - 1 : ^0)])
                )
                .TrimEnd();
        }

        /// <summary>All but those in or directly above a removed entry, and those in a field that becomes another.</summary>
        public IEnumerable<string> CommentsThatMayNotGo(PackageLock wanted) =>
            CommentsOf(string.Join('\n', lines.Where((_, i) => !Touched(wanted).Contains(i))));

        /// <summary>Lines that belong to no changed entry. Excluded are the line of the list's key, and lists in brackets, whose commas come and go.</summary>
        public IEnumerable<string> LinesThatMayNotGo(PackageLock wanted) =>
            lines.Where(
                (line, i) =>
                    !Touched(wanted).Contains(i)
                    && !ListKey().IsMatch(line)
                    && !lines.Any(l =>
                        ListKey().Match(l) is { Success: true } key && l[(key.Index + key.Length)..].StartsWith(" [", StringComparison.Ordinal)
                    )
            );

        private HashSet<int>? touched;

        private HashSet<int> Touched(PackageLock wanted) => touched ??= [.. Find(wanted)];

        private IEnumerable<int> Find(PackageLock wanted)
        {
            var root = (YamlMapping)YamlReader.Read(YamlText.File, Encoding.UTF8.GetBytes(Text)).Value!;
            var nodes = ((YamlSequence)root["packages"]!).Items;
            foreach (var old in Lock.Packages)
            {
                var node = (YamlMapping)nodes[old.Index!.Value];
                var now = wanted.Packages.FirstOrDefault(entry => entry.Index == old.Index);
                var isChanged = now is not null && Describe(now) != Describe(old);
                var found =
                    now is null ? Removed(node)
                    : isChanged && IsInBrackets(node) ? Enumerable.Range(node.Span.Start.Line - 1, node.Span.End.Line - node.Span.Start.Line + 1)
                    : node.Entries.Where(entry => IsChanged(old, now, entry.Key.Text)).SelectMany(Field);
                foreach (var line in found)
                {
                    yield return line;
                }
            }
        }

        // The dash may be on a line of its own; comment lines reach up to the next blank line, and down as far as they are indented.
        private IEnumerable<int> Removed(YamlMapping node)
        {
            var (first, last) = (node.Span.Start.Line - 1, node.Span.End.Line - 1);
            while (first > 0 && (lines[first - 1].TrimStart().StartsWith('#') || lines[first - 1].Trim() == "-"))
            {
                first--;
            }

            while (last + 1 < lines.Length && lines[last + 1].TrimStart().StartsWith('#') && lines[last + 1].StartsWith(' '))
            {
                last++;
            }

            return Enumerable.Range(first, last - first + 1);
        }

        // Where a field goes that shares a line with the dash, the next line takes its place.
        private IEnumerable<int> Field(YamlEntry entry)
        {
            var (first, next) = (entry.Key.Span.Start.Line - 1, entry.Value.Span.End.Line);
            while (next < lines.Length && lines[next].Trim().Length == 0)
            {
                next++;
            }

            return Enumerable.Range(first, next - first + 1);
        }

        private bool IsInBrackets(YamlNode node) => lines[node.Span.Start.Line - 1][node.Span.Start.Column - 1] is '{' or '[';

        private static bool IsChanged(LockEntry old, LockEntry now, string key) =>
            key switch
            {
                "version" => old.Version.Value != now.Version.Value,
                "kind" => old.Kind != now.Kind,
                "locked" => old.Locked?.Value != now.Locked?.Value,
                "digest" => old.UnboundDigest?.Value != now.UnboundDigest?.Value,
                "published" => old.Published?.Value != now.Published?.Value,
                "chart" => old.Chart?.Value != now.Chart?.Value,
                "indirect" => old.IsIndirect != now.IsIndirect,
                "attached" => Describe(old with { Attached = now.Attached }) != Describe(old),
                "requiresCrossplane" => old.RequiresCrossplane?.Value.Text != now.RequiresCrossplane?.Value.Text,
                "dependsOn" or "environments" => Describe(
                    old with
                    {
                        Version = now.Version,
                        Locked = now.Locked,
                        UnboundDigest = now.UnboundDigest,
                        Kind = now.Kind,
                        Published = now.Published,
                        Chart = now.Chart,
                        Attached = now.Attached,
                        IsIndirect = now.IsIndirect,
                        RequiresCrossplane = now.RequiresCrossplane,
                    }
                ) != Describe(now),
                _ => false,
            };

        [GeneratedRegex("# c[0-9]+;")]
        private static partial Regex Comment();

        [GeneratedRegex("^[\"']?packages[\"']?:")]
        private static partial Regex ListKey();
    }
}
