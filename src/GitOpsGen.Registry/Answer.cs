using System.Diagnostics.CodeAnalysis;

namespace GitOpsGen.Registry;

/// <summary>What was asked for, or why it could not be had.</summary>
internal sealed class Answer<T>
    where T : class
{
    private Answer(T? value, RegistryFailure? failure)
    {
        Value = value;
        Failure = failure;
    }

    public T? Value { get; }

    public RegistryFailure? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Value is not null;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(RegistryFailure failure) => new(null, failure);
}
