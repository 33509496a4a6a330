using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary>The options that only <c>import</c> has.</summary>
internal sealed class ImportOptions
{
    private readonly Argument<string[]> paths = new("path")
    {
        Description = "Files and folders that belong to all environments, below the root; - is the standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<KeyValuePair<string, string>[]> upstreams = Pairs(
        "--upstream",
        "mirror=upstream",
        "Where the packages of a mirror's folder were published. Repeatable; the longest counts."
    );
    private readonly Option<KeyValuePair<string, string>[]> variables = Pairs(
        "--set",
        "name=value",
        "The value of a placeholder: ${NAME}, $(NAME) or <NAME>. Repeatable."
    );
    private readonly Option<string[]> core = PerEnvironmentOption("--core", "version", "The core's version, where no file says it.");
    private readonly Option<string[]> issuer = PerEnvironmentOption("--oidc-issuer", "url", "The cluster's OIDC issuer.");
    private readonly Option<string[]> pullRole = PerEnvironmentOption("--pull-role", "role", "The role of the Crossplane pod.");
    private readonly Option<string[]> nodeRole = PerEnvironmentOption("--node-role", "role", "The role of the nodes.");
    private readonly Option<bool> resolve = CommandOptions.Flag(
        "--resolve",
        "Ask registries which complete version stands for latest, v1, no tag or a digest."
    );
    private readonly Option<bool> dryRun = CommandOptions.Flag("--dry-run", "Print both files instead of writing them.");
    private readonly Option<bool> compare = CommandOptions.Flag(
        "--compare",
        "Compare what the lockfile and the settings render with the sources, and write nothing. Exit code 2 if something differs or is missing."
    );
    private readonly Option<bool> onlyFindings = CommandOptions.Flag("--only-findings", "Say what is wrong in the sources, and write nothing.");

    public void AddTo(DocumentedCommand command)
    {
        command.Add(paths);
        foreach (var option in (IEnumerable<Option>)[upstreams, variables, core, issuer, pullRole, nodeRole, resolve, dryRun, compare, onlyFindings])
            command.Add(option);

        command.Validators.Add(result =>
        {
            var given = result.GetResult("--env")?.Tokens.Select(token => token.Value).ToArray() ?? [];
            foreach (var text in given.Where(text => text.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
                result.AddError($"'{text}' after '--env' is not NAME=PATH,…: the environment, and what belongs to it alone.");

            if (given is [] && result.GetResult(paths) is not { Tokens.Count: > 0 })
                result.AddError("Name the files and folders to import, or - for the standard input.");
        });
    }

    /// <summary>What was typed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="environments">What was typed after each <c>--env</c>.</param>
    public ImportChoice Read(ParseResult parsed, IEnumerable<string> environments) =>
        new()
        {
            Paths = [.. parsed.GetValue(paths) ?? []],
            Environments = [.. environments.Select(Given)],
            Upstreams = [.. (parsed.GetValue(upstreams) ?? []).Select(pair => (pair.Key, pair.Value))],
            Variables = (parsed.GetValue(variables) ?? []).ToImmutableDictionary(pair => pair.Key, pair => pair.Value),
            Core = ByEnvironment(parsed.GetValue(core)),
            OidcIssuer = ByEnvironment(parsed.GetValue(issuer)),
            PullRole = ByEnvironment(parsed.GetValue(pullRole)),
            NodeRole = ByEnvironment(parsed.GetValue(nodeRole)),
            IsDry = parsed.GetValue(dryRun),
            Compares = parsed.GetValue(compare),
            OnlyFindings = parsed.GetValue(onlyFindings),
            Resolves = parsed.GetValue(resolve),
        };

    private static GivenEnvironment Given(string text) =>
        text.Split('=', 2) is [var name, var paths] ? new(name, [.. paths.Split(',', StringSplitOptions.RemoveEmptyEntries)]) : new(text, []);

    private static Option<KeyValuePair<string, string>[]> Pairs(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var pairs = new List<KeyValuePair<string, string>>();
                foreach (var text in result.Tokens.Select(token => token.Value))
                {
                    if (text.Split('=', 2) is [{ Length: > 0 } key, { } value])
                    {
                        pairs.RemoveAll(pair => pair.Key == key);
                        pairs.Add(new(key, value));
                    }
                    else
                    {
                        result.AddError($"'{text}' after '{name}' is not {helpName.ToUpperInvariant()}.");
                    }
                }

                return [.. pairs];
            },
        };

    private static Option<string[]> PerEnvironmentOption(string name, string helpName, string description) =>
        new(name) { Description = $"{description} With several environments: env:{helpName}. Repeatable.", HelpName = helpName };

    // An address has a colon too, but its scheme is the name of no environment.
    private static PerEnvironment ByEnvironment(string[]? texts) =>
        new(
            (texts ?? [])
                .Select(text =>
                    text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                    && EnvironmentName.TryParse(text[..colon], out var name)
                    && text[..colon] is not ("https" or "http" or "arn")
                        ? KeyValuePair.Create(name.Value, text[(colon + 1)..])
                        : KeyValuePair.Create("", text)
                )
                .GroupBy(pair => pair.Key)
                .ToImmutableDictionary(group => group.Key, group => group.Last().Value)
        );
}

/// <summary>What the command line says.</summary>
internal sealed record ImportChoice
{
    public ImmutableArray<string> Paths { get; init; }

    public ImmutableArray<GivenEnvironment> Environments { get; init; }

    public ImmutableArray<(string Mirror, string Upstream)> Upstreams { get; init; }

    public required ImmutableDictionary<string, string> Variables { get; init; }

    public required PerEnvironment Core { get; init; }

    public required PerEnvironment OidcIssuer { get; init; }

    public required PerEnvironment PullRole { get; init; }

    public required PerEnvironment NodeRole { get; init; }

    public bool IsDry { get; init; }

    public bool Compares { get; init; }

    public bool OnlyFindings { get; init; }

    public bool Resolves { get; init; }

    public ImportRequest ToRequest(ImportFiles files)
    {
        var own = Environments.SelectMany(environment => environment.Paths).ToHashSet();
        return new()
        {
            Common = [.. Paths.Where(path => !(path == ImportFiles.StandardInput && own.Contains(path))).Select(files.KeyOf)],
            Environments = [.. Environments.Select(environment => environment with { Paths = [.. environment.Paths.Select(files.KeyOf)] })],
            Upstreams = Upstreams,
            Variables = Variables,
            Core = Core,
            OidcIssuer = OidcIssuer,
            PullRole = PullRole,
            NodeRole = NodeRole,
        };
    }
}
