using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>What the commands may want of a lock: entries changed in any field, removed, added. A number decides everything.</summary>
internal sealed class RandomChange(int seed)
{
    private readonly Random random = new(seed);

    public PackageLock Of(PackageLock original)
    {
        var packages = original.Packages.Select(entry => entry.Package.Value.ToString()).Append("x.io/acme/new").ToArray();
        var kept = original.Packages.Where(_ => random.Next(6) > 0).Select(entry => random.Next(2) == 0 ? entry : Changed(entry, packages));
        var added = Enumerable.Range(0, random.Next(4)).Select(i => New($"x.io/acme/new{(i == 0 ? "" : $"-{i}")}", packages));
        return new([.. kept.Concat(added).OrderBy(_ => random.Next())]);
    }

    private LockEntry Changed(LockEntry entry, string[] packages) =>
        Enumerable
            .Range(0, random.Next(1, 4))
            .Aggregate(
                entry,
                (now, _) =>
                    random.Next(12) switch
                    {
                        0 => now with { Version = At(PackageVersion.Parse($"v{random.Next(100)}.0.0")) },
                        1 => now with { Locked = random.Next(4) == 0 ? null : At(LockedAs()) },
                        2 => now with { RequiresCrossplane = random.Next(4) == 0 ? null : At(Constraint()) },
                        3 or 4 => now with { DependsOn = Dependencies(now.DependsOn ?? [], packages) },
                        5 => now with { DependsOn = random.Next(3) == 0 ? null : [] },
                        6 => now with { Environments = random.Next(3) == 0 ? null : [.. Patterns(now.Environments ?? [])] },
                        7 => now with { IsIndirect = !now.IsIndirect },
                        8 => now with
                        {
                            Chart =
                                now.Chart is { Value: var chart } && random.Next(2) == 0
                                    ? At(chart with { Version = ChartOf("1.2.4").Version })
                                    : At(ChartOf("2.0.0")),
                        },
                        9 => now with { Published = random.Next(4) == 0 ? null : At(new PublicationDate(new(2025, 1 + random.Next(12), 5))) },
                        10 => now with { Attached = Attachments(now.Attached ?? []) },
                        _ => now with { Kind = PackageKind.Function },
                    }
            );

    private LockEntry New(string package, string[] packages) =>
        new()
        {
            Package = At(RepositoryOf(package)),
            Kind = PackageKind.Provider,
            Version = At(PackageVersion.Parse("1.2.3-rc.1")),
            Locked = random.Next(2) == 0 ? null : At(LockedAs()),
            Published = random.Next(2) == 0 ? null : At(new PublicationDate(new(2024, 2, 29))),
            IsIndirect = random.Next(2) == 0,
            RequiresCrossplane = random.Next(2) == 0 ? null : At(Constraint()),
            DependsOn = random.Next(3) == 0 ? null : Dependencies([], packages),
            Environments = random.Next(2) == 0 ? null : [.. Patterns([])],
            ObjectName = ObjectName.Derive(RepositoryOf(package))!,
            Span = SourceSpan.StartOf(""),
        };

    private ImmutableArray<Dependency> Dependencies(ImmutableArray<Dependency> now, string[] packages) =>
        [
            .. now.Where(_ => random.Next(3) > 0)
                .Select(one => random.Next(3) > 0 ? one : one with { Constraint = At(Constraint()) })
                .Concat(
                    Enumerable
                        .Range(0, random.Next(3))
                        .Select(_ => new Dependency(At(RepositoryOf(packages[random.Next(packages.Length)])), PackageKind.Provider, At(Constraint())))
                )
                .DistinctBy(one => one.Package.Value),
        ];

    private ImmutableArray<Attachment>? Attachments(ImmutableArray<Attachment> now)
    {
        var digest = LockedAs().Digest;
        Attachment[] all =
        [
            .. now.Where(_ => random.Next(2) == 0),
            .. random.Next(2) == 0
                ? [new Attachment.Sibling(AttachmentKind.Signature, SiblingTag.Of(digest, Of(".sig", ".att", "")))]
                : Array.Empty<Attachment>(),
            .. random.Next(2) == 0
                ? [new Attachment.Referrer(Of(AttachmentKind.Attestation, AttachmentKind.Other), digest)]
                : Array.Empty<Attachment>(),
        ];
        return all is [] ? null : [.. all];
    }

    private IEnumerable<Located<NamePattern>> Patterns(ImmutableArray<Located<NamePattern>> now) =>
        now.Where(_ => random.Next(2) == 0).Append(At(new NamePattern(Of("qa", "prod", "pre-*")))).Concat(now.Skip(2));

    private DependencyConstraint Constraint() =>
        DependencyConstraint.Parse(Of("v1.2.3", ">= 0.0.0", "it's # \"bad\"", "", "^1", "two\nlines", "a, b", "true", "1.0", "v1 - v2"));

    private T Of<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private LockedTag LockedAs() =>
        LockedTag.TryParse($"v{random.Next(3)}.0.0@sha256:" + new string((char)('0' + random.Next(10)), 64), out var locked)
            ? locked
            : throw new FormatException();

    private static Repository RepositoryOf(string text) =>
        Repository.TryParse(text, out var repository) ? repository : throw new FormatException(text);

    private static ChartPin ChartOf(string version) =>
        ChartRepository.TryParse("https://charts.example.com/stable", out var repository) && ChartVersion.TryParse(version, out var parsed)
            ? new(repository, parsed)
            : throw new FormatException();

    private static Located<T> At<T>(T value) => new(value, SourceSpan.StartOf(""));
}
