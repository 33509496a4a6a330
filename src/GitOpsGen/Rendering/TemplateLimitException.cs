using Scriban.Syntax;
using ScribanSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering;

/// <summary>A template went over one of <see cref="TemplateLimits"/>. It never leaves this folder: the renderer makes a diagnostic of it.</summary>
internal sealed class TemplateLimitException(ScribanSpan span, string message) : ScriptRuntimeException(span, message);
