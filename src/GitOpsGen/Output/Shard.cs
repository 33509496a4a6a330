using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>The part of the rendered output that one ledger lists; without files where an environment left the settings.</summary>
internal sealed record Shard(LedgerScope Scope, ImmutableArray<OutputFile> Files)
{
    /// <summary>Every file of the tree in its shard: the one for the rest and one per environment of the run, with or without files.</summary>
    /// <exception cref="ArgumentException">A path that no template may have: rendering lets none through.</exception>
    public static ImmutableArray<Shard> Split(FileTree tree, OutputScope scope)
    {
        var shards = scope.Environments.Select(name => new LedgerScope(name)).Append(default)
            .ToDictionary(s => s, _ => ImmutableArray.CreateBuilder<OutputFile>());
        foreach (var file in tree.Files)
        {
            if (LedgerScope.IsReserved(file.Path) || !shards.TryGetValue(LedgerScope.Of(file.Path), out var files))
                throw new ArgumentException($"No ledger of this run can list '{file.Path}'.", nameof(tree));
            for (var folder = file.Path.Parent; folder is not null; folder = folder.Parent)
            {
                if (tree.TryGet(folder, out _))
                    throw new ArgumentException($"'{folder}' is a file and a folder.", nameof(tree));
            }

            files.Add(file);
        }

        return [.. shards.Select(s => new Shard(s.Key, s.Value.ToImmutable()))];
    }
}
