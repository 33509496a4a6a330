using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam.Access;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Settings;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Fuzz;

/// <summary>Each parser alone. It may find what it likes, at places that can be; it never throws.</summary>
internal static class Parsers
{
    /// <summary>What is written for the parser of credentials, in the workspace.</summary>
    public const string CredentialFile = "config.json";

    private const string Digest64 = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private const string Package = """
        apiVersion: meta.pkg.crossplane.io/v1
        kind: Provider
        metadata: { name: provider, labels: { pkg.crossplane.io/provider-family: family } }
        spec:
          crossplane: { version: ">=v1.12.1-0" }
          dependsOn:
            - { provider: xpkg.upbound.io/upbound/provider-family-aws, version: ">= 0.0.0" }
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        """;

    private const string Index =
        $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{Digest64}}}","size":7,"platform":{"architecture":"amd64","os":"linux"},"annotations":{"a":"b"}}]}""";

    private const string Image =
        $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"a/b","digest":"{{{Digest64}}}","size":2},"layers":[{"mediaType":"a/b","digest":"{{{Digest64}}}","size":9,"annotations":{"io.crossplane.xpkg":"base"}}]}""";

    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["ecr:Get*","ecr:?atch"],"Resource":"arn:aws:ecr:eu-west-2:123456789012:repository/xpkg/*","Condition":{"StringLike":{"aws:PrincipalArn":["a*"]}}},{"Effect":"Deny","NotAction":"s3:*","Principal":{"AWS":"*"}}]}""";

    private const string Credentials =
        """{"auths":{"https://index.docker.io/v1/":{"auth":"dXNlcjpwYXNz"},"a.io/b":{"identitytoken":"t"}},"credHelpers":{"x.io":""},"credsStore":""}""";

    private const string Staged =
        "100644 0123456789abcdef0123456789abcdef01234567 0\tpackages.lock.yaml\0120000 0123456789abcdef0123456789abcdef01234567 2\ta/b\0";

    private const string Committed =
        "100755 blob 0123456789abcdef0123456789abcdef01234567\ta\0160000 commit 0123456789abcdef0123456789abcdef01234567\tb\0";

    private static readonly Digest Any = Digest.TryParse(Digest64, out var digest) ? digest : throw new FormatException();

    /// <param name="scenarios">The folder of scenarios.</param>
    /// <param name="seeds">The folder of other seeds.</param>
    public static IEnumerable<FuzzTarget> All(string scenarios, string seeds)
    {
        var sources = Files(seeds, "*.*");
        var crds = Files(Path.Combine(seeds, "validate", "crds"), "*.yaml");
        var lockfiles = Files(scenarios, "packages.lock.yaml");
        var settings = Files(scenarios, "gitopsgen.yaml");
        yield return Parser("yaml", [.. settings, .. crds], bytes => Places(YamlReader.ReadAll("f", bytes).Diagnostics));
        yield return Parser("yaml-published", [.. sources, .. Texts(Package)], bytes => Places(YamlReader.ReadPublished("f", bytes).Diagnostics));
        yield return Parser("yaml-rendered", settings, bytes => Void(YamlSyntax.FindProblem(Encoding.UTF8.GetString(bytes))));
        yield return Parser("json", Texts(Index, Policy), bytes => Void(JsonSyntax.FindProblem(bytes)));
        yield return Parser("lockfile", lockfiles, bytes => Places(LockfileReader.Read("f", bytes).Diagnostics));
        yield return Parser("settings", settings, bytes => Places(SettingsReader.Read("f", bytes).Diagnostics));
        yield return Parser(
            "ledger",
            [.. Files(scenarios, ".gitopsgen")],
            bytes => Places(LedgerReader.Read(bytes, new(null), "f").Diagnostics) ?? Places(LedgerReader.Read(bytes, new("dev"), "f").Diagnostics)
        );
        yield return Parser("template", Files(scenarios, "*.scriban"), ParseTemplate);
        yield return Parser("crd", crds, ReadCrd);
        yield return Parser(
            "cel",
            Texts("self.size > 1 || has(self.name) && self.list.all(x, x.matches('^a+$'))", "!(oldSelf.x == self.x) ? 1 + 2 : size(self.a)"),
            bytes => Void(CelParser.Parse(Encoding.UTF8.GetString(bytes)))
        );
        yield return Parser("pattern", Texts("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", "(a|b)*c{2,}\\d[^]x]", "(a{1,9}){1,9}"), MatchPattern);
        yield return Parser("package", Texts(Package), ReadPackage);
        yield return Parser("layer", [Tar(Package), Gzip(Tar(Package))], ReadLayer);
        yield return Parser("oci", Texts(Index, Image), ReadOci);
        yield return Parser(
            "headers",
            Texts("Bearer realm=\"https://a.io/t\",service=\"s\",scope=\"a b\", Basic realm=\"x\"", "</v2/a?n=1&last=b>; rel=\"next\""),
            ReadHeaders
        );
        yield return Parser("credentials", Texts(Credentials), ReadCredentials);
        yield return Parser("constraint", Texts(">=v1.12.1-0, <2.0.0 || ~1.2 || ^0.1.x", "1.2 - 2.3.4-rc.1", Digest64), ReadConstraint);
        yield return Parser("policy", Texts(Policy), ReadPolicy);
        yield return Parser("git-listing", Texts(Staged, Committed), ReadListing);
    }

    private static FuzzTarget Parser(string name, IEnumerable<byte[]> seeds, Func<byte[], string?> run) =>
        new(name, 1, new(() => [.. seeds.Select(seed => FuzzCase.Of(name, seed))]), input => run(input.Content));

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static byte[][] Files(string folder, string name) =>
        [
            .. Directory
                .EnumerateFiles(folder, name, Workspace.Everything)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(file => file.Length < 16 * 1024),
        ];

    /// <summary>A finding has a place that can be, and something to say.</summary>
    private static string? Places(IEnumerable<Diagnostic> found) =>
        found.Any(d =>
            d.Message.Length == 0 || (d.Span is { } span && (span.End.CompareTo(span.Start) < 0 || span.Start.Line < 1 || span.Start.Column < 1))
        )
            ? "a finding at a place that cannot be"
            : null;

    private static string? Void(object? ignored) => ignored is Exception ? "an exception as a value" : null;

    private static string? ParseTemplate(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return Places(TemplateSet.Parse([new("out.yaml", "f", text, IsUsers: true)]).Diagnostics);
    }

    private static string? ReadCrd(byte[] bytes) => Places(CrdCatalogue.Read([new("f", bytes)]).Diagnostics);

    private static string? MatchPattern(byte[] bytes)
    {
        var pattern = GoPattern.Translate(Encoding.UTF8.GetString(bytes));
        return Void(pattern.IsMatch(new string('a', 5000)) ?? pattern.IsMatch("a-b"));
    }

    private static string? ReadPackage(byte[] bytes)
    {
        var splitter = new DocumentSplitter();
        splitter.Add(bytes);
        splitter.End();
        return Places(MetaReader.Read("image", [.. splitter.Found]).Diagnostics);
    }

    private static string? ReadLayer(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Void(LayerReader.ReadAsync(stream, new(), CancellationToken.None).GetAwaiter().GetResult());
    }

    private static string? ReadOci(byte[] bytes)
    {
        _ = OciError.Find(bytes);
        _ = CutOffJson.Is(bytes);
        return ManifestReader.Read(Any, bytes, out var problem) is null && problem is null ? "neither a manifest nor a problem" : null;
    }

    private static string? ReadHeaders(byte[] bytes)
    {
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        _ = LinkHeader.Next(lines);
        return Void(ChallengeParser.Parse(lines));
    }

    private static string? ReadCredentials(byte[] bytes)
    {
        var path = Path.Combine(Workspace.Folder, CredentialFile);
        File.WriteAllBytes(path, bytes);
        return Void(new CredentialStore([path]).FindAsync("a.io/b/c", CancellationToken.None).GetAwaiter().GetResult());
    }

    private static string? ReadConstraint(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (VersionConstraint.TryParse(text, out _, out var error) == (error is not null))
        {
            return "both a constraint and an error";
        }

        _ = DependencyConstraint.Parse(text);
        _ = PackageVersion.TryParse(text, out _);
        _ = Repository.TryParse(text, out _);
        _ = RelativePath.TryParse(text, out _);
        return Void(DependencyConstraint.ParseOnCore(text));
    }

    private static string? ReadPolicy(byte[] bytes) =>
        Enum.GetValues<PolicyKind>()
            .Select(kind => Places(AccessPolicyReader.Read("f", bytes, kind).Diagnostics))
            .FirstOrDefault(problem => problem is not null);

    private static string? ReadListing(byte[] bytes)
    {
        try
        {
            return Void(GitEntry.ReadAll(new MemoryStream(bytes)));
        }
        catch (InvalidDataException)
        {
            // Its way to say that Git has answered something else.
            return null;
        }
    }

    private static byte[] Tar(string package)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ($"{new string('l', 120)}/.wh.a", ""), ("package.yaml", package) })
            {
                using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
