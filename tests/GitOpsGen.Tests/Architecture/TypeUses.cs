using System.Reflection;
using System.Reflection.Emit;

namespace GitOpsGen.Tests.Architecture;

/// <summary>
/// What a compiled type refers to: in its signatures, its attributes and the instructions of its methods. Names can be hidden in source
/// (<c>var</c>, an extension, an alias, the enclosing namespace), not here; only constants leave no trace.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    /// <summary>Types, and the members that are called, read or written.</summary>
    public static IEnumerable<MemberInfo> Of(Type type) =>
        type.GetMembers(Declared)
            .Where(m => m is not Type)
            .SelectMany(Within)
            .Concat(Attributes(type))
            .Concat([type.BaseType ?? typeof(object), .. type.GetInterfaces(), .. Constraints(type)])
            .SelectMany(Parts)
            .Distinct();

    private static IEnumerable<MemberInfo> Within(MemberInfo member) =>
        [member, .. Attributes(member), .. member is MethodBase method ? [.. Constraints(method), .. Body(method)] : Array.Empty<MemberInfo>()];

    private static IEnumerable<MemberInfo> Attributes(MemberInfo member) =>
        member.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments.Select(a => a.Value as Type).Append(attribute.AttributeType).OfType<Type>()
        );

    private static IEnumerable<Type> Constraints(MemberInfo generic) =>
        generic switch
        {
            Type { IsGenericTypeDefinition: true } type => type.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()),
            MethodInfo { IsGenericMethodDefinition: true } method => method.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()),
            _ => [],
        };

    private static IEnumerable<MemberInfo> Body(MethodBase method) =>
        method.GetMethodBody() is { } body
            ?
            [
                .. body.LocalVariables.Select(l => l.LocalType),
                .. body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType).OfType<Type>(),
                .. Operands(method, body.GetILAsByteArray() ?? []),
            ]
            : [];

    private static IEnumerable<MemberInfo> Operands(MethodBase method, byte[] instructions)
    {
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < instructions.Length; )
        {
            var code = Codes[instructions[at] == 0xFE ? unchecked((short)(0xFE00 | instructions[at + 1])) : instructions[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(instructions, at), typeArguments, methodArguments)!;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, at)),
                _ => 4,
            };
        }
    }

    /// <summary>A member with every type in its signature, and each of those down to its parts: <c>List&lt;Foo[]&gt;</c> has <c>Foo</c>.</summary>
    private static IEnumerable<MemberInfo> Parts(MemberInfo member) =>
        member switch
        {
            Type { HasElementType: true } type => Parts(type.GetElementType()!),
            Type { IsGenericParameter: true } => [],
            Type { IsConstructedGenericType: true } type => type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()),
            Type type => [type],
            FieldInfo field => [field, .. Parts(field.FieldType), .. Parts(field.DeclaringType!)],
            MethodBase method =>
            [
                method,
                .. Parts(method.DeclaringType!),
                .. method.GetParameters().SelectMany(p => Parts(p.ParameterType)),
                .. method is MethodInfo function ? Parts(function.ReturnType) : [],
                .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Parts) : [],
            ],
            _ => [member],
        };
}
