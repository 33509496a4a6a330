using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

public sealed class EnvironmentMoveTests
{
    [Fact]
    public void A_change_is_told_by_package_with_its_environments_in_the_order_that_was_asked_for()
    {
        var before = Use("a/p v1.0.0", "a/gone v1.0.0", "a/same v1.0.0");
        var after = Use("a/p v1.0.0", "a/p v2.0.0 [dev]", "a/same v1.0.0", "a/new v1.0.0 indirect");

        var moves = EnvironmentMove.Between(before, after, [.. Locks.Names("prod", "dev", "staging")]);

        Assert.Equal(
            ["a/p changed v1.0.0 v2.0.0: dev", "a/gone removed v1.0.0 : prod, dev, staging", "a/new added  v1.0.0: prod, dev, staging indirect"],
            moves.Select(move =>
                $"{move.Package.Path} {move.Change} {move.From} {move.To}: {string.Join(", ", move.Environments)}{(move.IsIndirect ? " indirect" : "")}"
            )
        );
    }

    private static LockUse Use(params string[] lines) => new(LockLines.Read(lines), World.Scope("dev prod staging"));
}
