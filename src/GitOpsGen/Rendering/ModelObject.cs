using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>An object of the model in a template: named members that can be read and never written.</summary>
internal abstract class ModelObject : IScriptObject
{
    /// <summary>The name of its kind, for messages.</summary>
    public abstract string TypeName { get; }

    /// <inheritdoc/>
    public abstract int Count { get; }

    /// <inheritdoc/>
    public bool IsReadOnly
    {
        get => true;
        set { }
    }

    /// <inheritdoc/>
    public abstract IEnumerable<string> GetMembers();

    /// <inheritdoc/>
    public abstract bool Contains(string member);

    /// <summary>The value of a member, as templates understand it.</summary>
    public abstract bool TryGetMember(string member, out object? value);

    /// <summary>Where the value of a member comes from.</summary>
    public virtual MemberOrigins OriginsOf(string member) => MemberOrigins.None;

    /// <inheritdoc/>
    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value) => TryGetMember(member, out value);

    /// <inheritdoc/>
    public bool CanWrite(string member) => false;

    /// <inheritdoc/>
    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    /// <inheritdoc/>
    public bool Remove(string member) => false;

    /// <inheritdoc/>
    public void SetReadOnly(string member, bool readOnly)
    {
        // Nothing can be written anyway.
    }

    /// <inheritdoc/>
    public IScriptObject Clone(bool deep) => this;
}
