using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Mpp.Unit.Catalogue;

/// <summary>
/// What a class can say and make: the texts that its methods, and those of its own assembly that they call, load, and
/// the types that they create. Read from the compiled program, so that nothing has to be listed by hand.
/// </summary>
internal sealed class ProgramText
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    private readonly HashSet<MethodBase> _seen = [];
    private readonly Assembly _assembly;

    private ProgramText(Assembly assembly) => _assembly = assembly;

    public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

    public HashSet<Type> Created { get; } = [];

    public static ProgramText Of(Type type)
    {
        var text = new ProgramText(type.Assembly);
        foreach (var method in type.GetMethods(Everything))
        {
            text.Read(method);
        }

        return text;
    }

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private void Read(MethodBase? method)
    {
        if (method?.DeclaringType is not { } type || type.Assembly != _assembly || !_seen.Add(method))
        {
            return;
        }

        Read(type.TypeInitializer);
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
        {
            foreach (var step in machine.StateMachineType.GetMethods(Everything))
            {
                Read(step);
            }
        }

        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return;
        }

        var (types, methods) = (type.IsGenericType ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var operation = OpCodesByValue[value];
            at += operation.Size;
            switch (operation.OperandType)
            {
                case OperandType.InlineString:
                    Texts.Add(method.Module.ResolveString(BitConverter.ToInt32(code, at)));
                    break;
                case OperandType.InlineMethod:
                    var called = method.Module.ResolveMethod(BitConverter.ToInt32(code, at), types, methods);
                    if (operation == OpCodes.Newobj)
                    {
                        Created.Add(called!.DeclaringType!);
                    }

                    Read(called);
                    break;
            }

            at += Size(operation.OperandType, code, at);
        }
    }

    private static int Size(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
