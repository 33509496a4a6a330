using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Iam;

/// <summary>Why a repository stands in a policy.</summary>
/// <param name="Entry">The lock entry whose image, or whose chart, lies there.</param>
/// <param name="Chart">What says where the chart is; <see langword="null"/> for an image, which lies in the environment's registry.</param>
internal readonly record struct RepositoryNeed(LockEntry Entry, Origin? Chart = null);
