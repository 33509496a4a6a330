using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen.Review;

/// <summary>What can hurt in how an environment is installed: its strategy, engine, identity, registry, roles and core.</summary>
internal static class InstallDangers
{
    private const string NoEngine = "none";

    public static IEnumerable<Danger> In(EnvironmentPair pair) =>
        pair switch
        {
            { Before: { } before, After: { } after } =>
            [
                .. Strategy(before.Settings, after.Settings),
                .. Engine(before.Settings, after.Settings),
                .. Identity(before.Settings, after.Settings),
                .. Registry(before, after),
                .. Roles(before, after),
                .. Core(pair),
            ],
            { Before: not null } => [Removed()],
            _ => [],
        };

    private static Danger Removed() =>
        new(
            Rules.EnvironmentRemoved,
            "The environment leaves",
            "Nothing in its cluster is deleted. Its engine looks for a path that is gone: Argo CD goes on saying Synced and Healthy until a hard refresh.",
            [
                "Delete the engine's objects of this environment without deleting what they applied.",
                "Merge.",
                "Delete the packages, dependents first, where the cluster is not deleted as a whole.",
                "Revoke its access.",
            ]
        );

    private static IEnumerable<Danger> Strategy(EnvironmentSettings before, EnvironmentSettings after)
    {
        if (before.Install.Value == after.Install.Value)
            yield break;

        yield return after.Install.Value == InstallStrategy.Direct
            ? new(
                Rules.InstallSwitched,
                "`install: rewrite` becomes `direct`",
                "Crossplane's Lock keeps its entries. Once the ImageConfigs are gone, the next update asks the upstream registry and may install the newest versions.",
                [
                    "Merge, and wait until every package is Healthy.",
                    "`kubectl patch lock lock --type merge --patch '{\"packages\":[]}'`",
                    "Delete the ImageConfigs only after that, and inactive revisions with them.",
                ]
            )
            {
                Cause = after.Install.Span,
            }
            : new(
                Rules.InstallSwitched,
                "`install: direct` becomes `rewrite`",
                "In one apply, Crossplane asks the upstream registry and lists tags before the ImageConfigs are there.",
                ["Apply the prerequisites first, then wave after wave.", "Wait until every package of a wave is Healthy before the next one."]
            )
            {
                Cause = after.Install.Span,
            };
    }

    private static IEnumerable<Danger> Engine(EnvironmentSettings before, EnvironmentSettings after)
    {
        var (old, current) = (EngineOf(before.GitOps), EngineOf(after.GitOps));
        if (old != current)
        {
            yield return new(
                Rules.EngineSwitched,
                $"`gitops.engine: {old}` becomes `{current}`",
                old == NoEngine
                    ? "The engine puts back whatever was changed by hand in the objects that it takes over."
                    : "The old engine may delete what it applied when its own objects go: with Crossplane goes everything.",
                [
                    old == NoEngine
                        ? "See that the cluster has what is committed: `kubectl diff`, folder after folder."
                        : $"Stop {old} for this environment without deleting what it applied: suspend it, remove finalizers, then delete its objects.",
                    "Merge.",
                    current == NoEngine ? "Apply by hand from now on, in the order of the README." : $"Let {current} take the objects over.",
                ]
            )
            {
                Cause = after.Name.Span,
            };
        }
        else if (old != NoEngine && before.GitOps.Path != after.GitOps.Path)
        {
            var (from, to) = (Danger.Quote(before.GitOps.Path), Danger.Quote(after.GitOps.Path));
            yield return new(
                Rules.OutputMoved,
                $"The engine reads {to} instead of {from}",
                "What names the old folder from outside of the output finds nothing once it is gone: an Application or a Kustomization stops, and an ApplicationSet that lists folders deletes its Applications.",
                [
                    $"Leave the files in {from} as they are in this change.",
                    "Merge.",
                    $"Let what names {from} name {to}.",
                    $"Delete {from} in a change of its own, when nothing reads it any more: `render` does not.",
                ]
            )
            {
                Cause = after.Name.Span,
            };
        }
    }

    private static IEnumerable<Danger> Identity(EnvironmentSettings before, EnvironmentSettings after)
    {
        var (old, current) = (before.Iam?.PackageManager, after.Iam?.PackageManager);
        if (old is not null && current is not null && old.OidcIssuer?.Value != current.OidcIssuer?.Value)
        {
            yield return new(
                Rules.IdentitySwitched,
                $"The package manager's identity: {Name(old)} becomes {Name(current)}",
                "Until the trust policy says so too, the Crossplane pod gets no credentials, and no package can be pulled.",
                [
                    "Apply the new trust policy beside the old one.",
                    current.OidcIssuer is null ? "Make the Pod Identity association." : "See that the issuer is an identity provider of the account.",
                    "Merge; the Crossplane pod restarts.",
                    "Take the old identity out.",
                ]
            )
            {
                Cause = current.OidcIssuer?.Span ?? current.Role.Span,
            };
        }

        static string Name(PackageManagerSettings manager) => manager.OidcIssuer is { } issuer ? $"IRSA with `{issuer.Value}`" : "EKS Pod Identity";
    }

    // The packages that both sides have, by the registries between which they move: each pair is one danger.
    private static IEnumerable<Danger> Registry(EnvironmentPlan before, EnvironmentPlan after)
    {
        var old = before.Images.ToLookup(image => image.Entry.Package.Value, image => image.Place);
        var moves = after
            .Images.SelectMany(image => old[image.Entry.Package.Value].Take(1).Select(place => new Move(place, image.Place)))
            .Where(move => move.From.Repository != move.To.Repository)
            .GroupBy(move => (From: move.From.Repository.Host, To: move.To.Repository.Host, move.To.Supply));
        foreach (var group in moves)
            yield return Moved(group.Key.From, group.Key.To, [.. group], after.Settings.Install.Value);
    }

    private static Danger Moved(string from, string to, List<Move> moves, InstallStrategy install)
    {
        var rolls =
            install == InstallStrategy.Rewrite
                ? "With rewrite, all packages roll at once, within seconds of the ImageConfigs."
                : "Running pods keep the old image until the new one is there.";
        var isRegistry = moves.TrueForAll(move =>
            move is { From.Route: { IsDefault: true, Registry: not null }, To.Route: { IsDefault: true, Registry: not null } }
        );
        var what = moves is [var only] ? $"`{only.To.Repository.Path}`" : $"{moves.Count} images";
        return new(
            Rules.RegistryMoved,
            (isRegistry, from == to) switch
            {
                (true, true) => "The registry's prefix changes",
                (true, false) => $"The registry moves from `{from}` to `{to}`",
                (false, true) => $"{what}: the path in `{to}` changes",
                _ => $"{what}: pulled from `{to}` instead of `{from}`",
            },
            $"{rolls} An image that is missing at the new place leaves its package not Installed.",
            [
                moves[0].To.Supply switch
                {
                    Supply.Copied => "Copy every image first: `gitopsgen mirror plan`; and see that all are there: `gitopsgen mirror verify`.",
                    Supply.Cached => "Make the cache's rule first, and pull one image of it by hand.",
                    _ => $"See first that the nodes and the Crossplane pod reach `{to}`.",
                },
                "Apply the access to the new place.",
                "Merge.",
                "Wait for the Deployments, not for Healthy; keep the old registry and its access until then.",
            ]
        )
        {
            Cause = moves[0].To.Route.Span,
        };
    }

    private sealed record Move(PullPlace From, PullPlace To);

    private static IEnumerable<Danger> Roles(EnvironmentPlan before, EnvironmentPlan after)
    {
        var (old, current) = (before.Access?.Registry, after.Access?.Registry);
        if (old?.PackageManager is { } manager && current?.PackageManager is { } other && manager.Role.Arn != other.Role.Arn)
        {
            yield return new(
                Rules.RoleChanged,
                $"The package manager's role: `{manager.Role}` becomes `{other.Role}`",
                "The Crossplane pod pulls as the new role when it restarts; until that role exists and is trusted, no package can be pulled.",
                [
                    "Make the new role, with its policy and its trust policy.",
                    "Merge.",
                    "See that the Crossplane pod restarted.",
                    "Delete the old role.",
                ]
            )
            {
                Cause = other.Role.Place,
            };
        }

        var gone = Nodes(old).Except(Nodes(current), StringComparer.Ordinal).ToList();
        if (gone.Count > 0 && current is not null)
        {
            yield return new(
                Rules.RoleChanged,
                $"Node roles leave: {string.Join(", ", gone.Select(Danger.Quote))}",
                "Nodes that still have such a role can no longer pull once its policy is revoked.",
                ["See that no node has the role any more.", "Merge.", "Revoke its access."]
            )
            {
                Cause = after.Settings.Name.Span,
            };
        }
    }

    private static IEnumerable<string> Nodes(RegistryAccess? access) => access?.Nodes?.Roles.Select(role => role.ToString()) ?? [];

    private static IEnumerable<Danger> Core(EnvironmentPair pair)
    {
        if (pair.Core is not var (from, to) || from == to)
            yield break;

        var cause = pair.CoreAfter?.Version.Span;
        if (to.ComparePrecedence(from) < 0)
        {
            yield return new(
                Rules.CoreStep,
                $"Crossplane goes back from {from} to {to}",
                "The CRDs of Crossplane go back too, and what the newer version stored may not be readable.",
                ["Ask the release notes of both versions.", "Save what is there: `kubectl get crds,compositions,xrds --output yaml`.", "Merge."]
            )
            {
                Cause = cause,
            };
        }
        else if (from.Major < 2 && to.Major >= 2 && from.IsBefore(1, 20))
        {
            yield return new(
                Rules.CoreStep,
                $"Crossplane goes from {from} to {to}",
                "Version 2 is supported from v1.20 only: what it no longer knows has to be gone before.",
                ["Go to v1.20 first, in a change of its own.", "Run `crossplane beta convert`, and see that nothing of it is left.", "Then go to v2."]
            )
            {
                Cause = cause,
            };
        }
        else if (from.Major == to.Major && to.Minor - from.Minor > 1)
        {
            yield return new(
                Rules.CoreStep,
                $"Crossplane goes from {from} to {to}",
                "It is supported one minor version at a time.",
                [$"Go to v{from.Major}.{from.Minor + 1} first, and on from there, each in a change of its own."]
            )
            {
                Cause = cause,
            };
        }

        if (from.IsBefore(2, 4) && !to.IsBefore(2, 4))
        {
            yield return new(
                Rules.CoreRestartsPackages,
                $"Crossplane goes from {from}, below v2.4, to {to}",
                to is { Minor: 4, Patch: < 2 }
                    ? "Every package gets a new revision, and with this version none of them runs any more (crossplane#7838)."
                    : "Every package gets a new revision of the same digest, and its pods restart.",
                [
                    to is { Minor: 4, Patch: < 3 } ? "Take v2.4.3 instead." : "Do it when a restart of all providers hurts least.",
                    "Merge, and wait for the Deployments of the packages.",
                ]
            )
            {
                Cause = cause,
            };
        }
    }

    private static string EngineOf(GitOpsSettings settings) =>
        settings switch
        {
            { ArgoCd: not null } => "argocd",
            { Flux: not null } => "flux",
            _ => NoEngine,
        };
}
