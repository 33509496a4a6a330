namespace GitOpsGen.Cli.Starter;

/// <summary>What <c>init</c> was told about the project; the rest stays an example.</summary>
/// <param name="Engine"><c>argocd</c>, <c>flux</c> or <c>none</c>.</param>
/// <param name="Account">The account of the registry.</param>
/// <param name="Region">Its region.</param>
/// <param name="Environments">The names of the environments; none for the example.</param>
internal sealed partial record StarterProject(string? Engine, AccountId? Account, AwsRegion? Region, ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>Where the output is in the repository; <see langword="null"/> where its name says it.</summary>
    public string? OutputPath { get; init; }

    private const string ExampleAccount = "123456789012";
    private const string ExampleRegion = "eu-west-2";
    private const string Flux = """
            flux:
              source: { kind: GitRepository, name: flux-system } # the Flux source that has manifests/

        """;

    /// <summary>The settings with it in them.</summary>
    public string In(string settings)
    {
        var text = settings;
        if (OutputPath is not null && Engine is not "none")
        {
            text = EngineLine()
                .Replace(text, line => $"{line}    path: {ScalarQuoting.Quote(OutputPath)} # manifests/ in the repository that the engine reads\n");
        }

        if (Engine is not null)
        {
            text = text.Replace("engine: argocd", $"engine: {Engine}", StringComparison.Ordinal);
            text = Engine == "argocd" ? text : ArgoCd().Replace(text, Engine == "flux" ? Flux : "");
        }

        if (Account is not null)
            text = text.Replace(ExampleAccount, Account.Value, StringComparison.Ordinal);

        if (Region is not null)
        {
            text = text.Replace($"{ExampleRegion}.amazonaws.com", $"{Region}.{Region.Partition.HostSuffix}", StringComparison.Ordinal)
                .Replace(ExampleRegion, Region.Name, StringComparison.Ordinal);
        }

        return Environments.IsEmpty
            ? text
            : Example().Replace(text, example => string.Concat(Environments.Select((name, i) => Block(name, i, example.Groups["body"].Value))));
    }

    // The comments need saying once.
    private static string Block(EnvironmentName name, int number, string body) =>
        $"  {name}:\n{(number == 0 ? body : TrailingComment().Replace(CommentLine().Replace(body, ""), ""))}";

    [GeneratedRegex("^    engine: .*\n", RegexOptions.Multiline)]
    private static partial Regex EngineLine();

    [GeneratedRegex("^    argocd:\n(?:      .*\n)+", RegexOptions.Multiline)]
    private static partial Regex ArgoCd();

    [GeneratedRegex("^  dev:\n(?<body>(?:    .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("^ *#.*\n", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex(" +#.*$", RegexOptions.Multiline)]
    private static partial Regex TrailingComment();
}
