using System.Collections;
using System.Numerics;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using Scriban;
using Scriban.Runtime;
using Scriban.Runtime.Accessors;
using Scriban.Syntax;
using ScribanSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Sandbox;

/// <summary>
/// Evaluates one template at a time and counts what it uses. Scriban's own limits are per loop, per string or per call, and can be
/// multiplied with each other; the counts here are for the render as a whole, and every evaluated node is counted.
/// </summary>
internal class RenderContext : TemplateContext
{
    private const int StepsBetweenClocks = 1024;
    private const int LongestListing = 20;

    private readonly ScriptObject scope = [];
    private readonly Stack<ScriptObject> freeScopes = [];
    private readonly Stack<TemplateFile> including = [];

    private TemplateSet templates = null!;
    private int steps;
    private int depth;
    private int iterations;
    private long volume;
    private long deadline;

    /// <param name="builtIns">Everything that templates can call.</param>
    public RenderContext(ScriptObject builtIns)
        : base(builtIns)
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        ErrorForStatementFunctionAsExpression = true;
        AutoIndent = false;
        NewLine = "\n";
        LoopLimit = TemplateLimits.Iterations;
        RecursiveLimit = TemplateLimits.Calls;
        LimitToString = TemplateLimits.StringLength;
        OutputLimit = TemplateLimits.OutputLength;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        TryGetMember = RefuseUnknownMember;
        PushOutput(Buffer);
    }

    /// <summary>What the last render has used so far, in steps.</summary>
    private long Work => steps + (Math.Min(volume, TemplateLimits.Volume) / TemplateLimits.StepVolume);

    /// <summary>What has been written.</summary>
    protected RenderBuffer Buffer { get; } = new();

    /// <summary>
    /// Renders a template. Whatever the template does, the result is a value. After a failure the context is in an unknown state and
    /// may not be used again.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="InsufficientMemoryException">The process may not have the memory that this needs.</exception>
    public Rendered Render(TemplateSet set, TemplateFile template, ModelObject model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new(ToFile(set, template, model, cancellation), null, Work);
        }
        catch (ScriptAbortException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (ScriptRuntimeException error) when (ScribanErrors.IsLackOfMemory(error))
        {
            throw new InsufficientMemoryException(null, error);
        }
        catch (ScriptRuntimeException error)
        {
            return new(default, ScribanErrors.ToDiagnostic(error, template.File), Work);
        }
        catch (EncoderFallbackException)
        {
            var failure = new Diagnostic(
                Rules.TemplateFailed,
                "The template wrote half a surrogate pair, which no file can contain.",
                "Cut texts only between characters.",
                SourceSpan.StartOf(template.File)
            );
            return new(default, failure, Work);
        }
    }

    private byte[] ToFile(TemplateSet set, TemplateFile template, ModelObject model, CancellationToken cancellation)
    {
        templates = set;
        CancellationToken = cancellation;
        (steps, depth, iterations, volume) = (0, 0, 0, 0);
        deadline = Environment.TickCount64 + (long)TemplateLimits.Time.TotalMilliseconds;
        Buffer.Clear();
        including.Clear();
        including.Push(template);
        PushGlobal(model);
        // The model is read-only; a template's own variables are kept here.
        PushGlobal(scope);
        template.Template.Render(this);
        PopGlobal();
        PopGlobal();
        scope.Clear();
        return Buffer.ToFile();
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is null)
            return null;
        Step(scriptNode);
        if (++depth > TemplateLimits.Depth)
            throw new TemplateLimitException(scriptNode.Span, $"The template is nested more than {TemplateLimits.Depth} levels deep while it runs");
        var result = base.Evaluate(scriptNode, aliasReturnedFunction);
        depth--;
        return result is null or bool or int ? result : Measure(scriptNode, result);
    }

    /// <summary>Called when <c>yaml</c> or <c>json</c> has printed a value, for tracing.</summary>
    protected internal virtual void OnPrinted(object? value, string text, int indent)
    {
        // Only tracing needs it.
    }

    /// <summary>Counts work that is no node of its own, such as the items that a function visits.</summary>
    public void Charge(ScribanSpan span, long amount)
    {
        volume += amount;
        if (volume > TemplateLimits.Volume)
            throw new TemplateLimitException(span, $"The template handles more than {TemplateLimits.Volume} characters of text and lists");
    }

    /// <summary>Writes another template's output here. That template sees what its caller sees, and its arguments as <c>$name</c>; what it assigns is local.</summary>
    public void Include(ScribanSpan span, string name, ScriptArray arguments)
    {
        var template = FindInclude(span, name);
        including.Push(template);
        var own = freeScopes.TryPop(out var free) ? free : new ScriptObject();
        PushGlobal(own);
        PushSourceFile(template.File);
        // Balanced even after a failure: Scriban's own statements unwind their scopes too, and would otherwise report ours as an error.
        try
        {
            BindArguments(span, arguments);
            if (Evaluate(template.Template.Page, aliasReturnedFunction: false) is { } result)
                Write(span, result);
        }
        finally
        {
            PopSourceFile();
            PopGlobal();
            including.Pop();
            own.Clear();
            freeScopes.Push(own);
        }
    }

    public override string? ObjectToString(object? value, bool nested = false) =>
        value switch
        {
            string text when !nested => text,
            IList => throw new ScriptRuntimeException(CurrentSpan, "A list is not text; use array.join, yaml or json"),
            ModelObject model => throw new ScriptRuntimeException(
                CurrentSpan,
                $"A '{model.TypeName}' is not text; use one of its members, yaml or json"
            ),
            IScriptObject => throw new ScriptRuntimeException(CurrentSpan, "An object is not text; use one of its members, yaml or json"),
            IScriptCustomFunction => throw new ScriptRuntimeException(CurrentSpan, "A function is not text; call it"),
            double number when !double.IsFinite(number) => throw new ScriptRuntimeException(
                CurrentSpan,
                "A number is infinite or undefined, as after a division by zero"
            ),
            Yaml.YamlScalar scalar => scalar.Text,
            StringBuilderOutput captured => captured.ToString(),
            _ => base.ObjectToString(value, nested),
        };

    public override void Import(ScribanSpan span, object objectToImport) =>
        throw new ScriptRuntimeException(span, "Templates cannot import; use include, or read the object's members");

    protected override bool OnStepLoop(ScriptLoopStatementBase loop)
    {
        if (++iterations > TemplateLimits.Iterations)
            throw new TemplateLimitException(loop.Span, $"The template's loops run more than {TemplateLimits.Iterations} times");
        return true;
    }

    /// <remarks>Scriban would read everything that is not listed here by reflection.</remarks>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target switch
        {
            IList => BoundedListAccessor.Instance,
            IScriptObject => ScriptObjectAccessor.Default,
            string => StringAccessor.Default,
            KeyValuePair<string, object?> => PairAccessor.Instance,
            _ => NullAccessor.Default,
        };

    protected override IListAccessor? GetListAccessorImpl(object target, Type type) =>
        target switch
        {
            string => StringAccessor.Default,
            IList => BoundedListAccessor.Instance,
            _ => null,
        };

    private void BindArguments(ScribanSpan span, ScriptArray arguments)
    {
        SetValue(ScriptVariable.Arguments, arguments, asReadOnly: true);
        foreach (var name in arguments.GetMembers())
        {
            if (name != "size" && arguments.TryGetValue(this, span, name, out var value))
                SetValue(ScriptVariable.Create(name, ScriptVariableScope.Local), value);
        }
    }

    private void Step(ScriptNode node)
    {
        if (++steps > TemplateLimits.Steps)
            throw new TemplateLimitException(node.Span, $"The template takes more than {TemplateLimits.Steps} steps");
        if (steps % StepsBetweenClocks != 0)
            return;
        if (CancellationToken.IsCancellationRequested)
            throw new ScriptAbortException(node.Span, CancellationToken);
        if (Environment.TickCount64 > deadline)
            throw new TemplateLimitException(node.Span, $"The template takes longer than {TemplateLimits.Time.TotalSeconds} seconds");
    }

    private object Measure(ScriptNode node, object result)
    {
        switch (result)
        {
            case string text:
                ChargeText(node, text.Length);
                return text;
            case StringBuilderOutput captured:
                ChargeText(node, captured.Builder.Length);
                return captured.ToString();
            case ScriptRange range:
                return Materialize(node, range.Values);
            case ICollection list:
                Charge(node.Span, (long)list.Count * TemplateLimits.ItemWeight);
                return list.Count <= TemplateLimits.Items || list is ModelList ? list : throw TooManyItems(node);
            case IScriptObject or ScriptNode:
                return result;
            case IEnumerable lazy:
                return Materialize(node, lazy);
            case BigInteger integer when integer.GetBitLength() > TemplateLimits.IntegerBits:
                throw new TemplateLimitException(node.Span, $"A number has more than {TemplateLimits.IntegerBits} bits");
            default:
                return result;
        }
    }

    private void ChargeText(ScriptNode node, int length)
    {
        Charge(node.Span, length);
        if (length > TemplateLimits.StringLength)
            throw new TemplateLimitException(node.Span, $"A text is longer than {TemplateLimits.StringLength} characters");
    }

    // Ranges and results of operators are lazy: a template could go through one a million times for a single step each.
    private ScriptArray Materialize(ScriptNode node, IEnumerable lazy)
    {
        var list = new ScriptArray();
        foreach (var item in lazy)
        {
            if (list.Count == TemplateLimits.Items)
                throw TooManyItems(node);
            list.Add(item);
        }

        Charge(node.Span, (long)list.Count * TemplateLimits.ItemWeight);
        return list;
    }

    private static TemplateLimitException TooManyItems(ScriptNode node) => new(node.Span, $"A list has more than {TemplateLimits.Items} items");

    private TemplateFile FindInclude(ScribanSpan span, string name)
    {
        if (!templates.TryGet(name, out var template))
            throw new ScriptRuntimeException(span, $"There is no template '{name}' to include; there is {Listing(templates.Includes)}");
        if (!template.Path.IsIncludeOnly)
            throw new ScriptRuntimeException(
                span,
                $"'{name}' writes a file of its own; only a template whose file name or folder begins with _ can be included"
            );
        if (including.Contains(template))
            throw new ScriptRuntimeException(
                span,
                $"'{name}' includes itself: {string.Join(" → ", including.Reverse().Append(template).Select(t => t.Path.Value))}"
            );
        if (including.Count > TemplateLimits.Includes)
            throw new TemplateLimitException(span, $"Templates include each other more than {TemplateLimits.Includes} levels deep");
        return template;
    }

    private static bool RefuseUnknownMember(TemplateContext context, ScribanSpan span, object target, string member, out object? value)
    {
        value = null;
        throw new ScriptRuntimeException(
            span,
            target switch
            {
                ModelObject model => $"A '{model.TypeName}' has no member '{member}'; it has {Listing(model.GetMembers())}",
                IList => $"A list has no member '{member}'; it has size",
                IScriptObject made => $"The object has no member '{member}'; it has {Listing(made.GetMembers())}",
                string => $"Text has no member '{member}'; it has size",
                _ => $"There is no member '{member}' here",
            }
        );
    }

    /// <summary>A list of names, cut to a readable length.</summary>
    private static string Listing(IEnumerable<string> names)
    {
        var shown = names.Take(LongestListing + 1).ToList();
        return shown.Count switch
        {
            0 => "nothing",
            > LongestListing => string.Join(", ", shown.Take(LongestListing)) + " and others",
            _ => string.Join(", ", shown),
        };
    }
}

/// <summary>The result of one template: the bytes of a file, none where the template says that there is no file, or a failure.</summary>
/// <param name="Content">UTF-8 with LF and a final newline; empty where the template rendered nothing but white space.</param>
/// <param name="Failure">Why there is no content.</param>
/// <param name="Work">What it used, in steps; also for a failure.</param>
internal readonly record struct Rendered(ReadOnlyMemory<byte> Content, Diagnostic? Failure, long Work);
