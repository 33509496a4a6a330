using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Iam.Access;

/// <summary>An element of a statement in either form: <c>Action</c> or <c>NotAction</c>, <c>Resource</c> or <c>NotResource</c>, …</summary>
/// <param name="Items">What is listed, never nothing.</param>
/// <param name="IsExcept">Whether all but the listed is meant.</param>
/// <param name="Span">The element's value.</param>
internal sealed record Selection<T>(ImmutableArray<Located<T>> Items, bool IsExcept, SourceSpan Span);
