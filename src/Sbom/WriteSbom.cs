using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;

/// <summary>
/// Writes what is in the program, in the form of CycloneDX 1.6. Without a time and a serial number, so that two builds of one commit give the same
/// bytes. MSBuild compiles it when it is needed.
/// </summary>
public sealed class WriteSbom : Microsoft.Build.Utilities.Task
{
    /// <summary>The assemblies of packages, and the packs of .NET, as the SDK resolves them.</summary>
    [Required]
    public ITaskItem[] Contents { get; set; }

    /// <summary>The package that the program is published as.</summary>
    [Required]
    public string Package { get; set; }

    /// <summary>Its version.</summary>
    [Required]
    public string Version { get; set; }

    /// <summary>Its licence, as SPDX names it.</summary>
    [Required]
    public string Licence { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string File { get; set; }

    public override bool Execute()
    {
        var parts = Contents
            .GroupBy(item => (Id: item.GetMetadata("NuGetPackageId"), Version: item.GetMetadata("NuGetPackageVersion")))
            .OrderBy(part => part.Key.Id, StringComparer.Ordinal)
            .ToList();
        var references = string.Join(", ", parts.Select(part => $"\"{Reference(part.Key.Id, part.Key.Version)}\""));
        Directory.CreateDirectory(Path.GetDirectoryName(File));
        System.IO.File.WriteAllText(
            File,
            $$"""
            {
              "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
              "bomFormat": "CycloneDX",
              "specVersion": "1.6",
              "version": 1,
              "metadata": { "component": { "type": "application", {{Name(Package, Version, Licence)}} } },
              "components": [
                {{string.Join(",\n    ", parts.Select(part => Component(part.Key.Id, part.Key.Version, Folder(part.First()))))}}
              ],
              "dependencies": [{ "ref": "{{Reference(Package, Version)}}", "dependsOn": [{{references}}] }]
            }

            """.Replace("\r\n", "\n")
        );
        return true;
    }

    private static string Component(string id, string version, string folder)
    {
        var package = Path.Combine(folder, $"{id}.{version}.nupkg.sha512".ToLowerInvariant());
        var hash = string.Concat(Convert.FromBase64String(System.IO.File.ReadAllText(package)).Select(unit => unit.ToString("x2")));
        return $$"""{ "type": "library", {{Name(id, version, LicenceOf(id, folder))}}, "hashes": [{ "alg": "SHA-512", "content": "{{hash}}" }] }""";
    }

    private static string Name(string id, string version, string licence) =>
        $$"""
            "bom-ref": "{{Reference(id, version)}}", "name": "{{id}}", "version": "{{version}}", "purl": "{{Reference(
                id,
                version
            )}}", "licenses": [{ "license": { "id": "{{licence}}" } }]
            """;

    // https://github.com/package-url/purl-spec: what tools look vulnerabilities up by.
    private static string Reference(string id, string version) => $"pkg:nuget/{id}@{version}";

    // Of a file, the folder is above its path in the package.
    private static string Folder(ITaskItem item) =>
        item.GetMetadata("PathInPackage") is { Length: > 0 } path
            ? item.GetMetadata("FullPath").Substring(0, item.GetMetadata("FullPath").Length - path.Length)
            : item.GetMetadata("PackageDirectory");

    private static string LicenceOf(string id, string folder)
    {
        var description = System.IO.File.ReadAllText(Path.Combine(folder, $"{id}.nuspec".ToLowerInvariant()));
        return Regex.Match(description, "<license type=\"expression\">([^<\\s]+)</license>") is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException($"{id} does not name one licence of SPDX.");
    }
}
