using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Mpp.Unit.Architecture;

/// <summary>
/// The rules as functions: each gives what breaks it, so that a test can also show that it finds something.
/// </summary>
internal static partial class Rules
{
    /// <summary>
    /// Classes that could be sealed: neither abstract, nor inherited from, be it by a proxy made at run time.
    /// </summary>
    public static IEnumerable<string> Unsealed(IEnumerable<Type> types)
    {
        var own = types.ToList();
        var parents = own.Select(t => t.BaseType)
            .Where(t => t is not null).Select(t => t!.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();
        return own.Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false }
            && IsHandWritten(t) && !IsComponent(t) && !parents.Contains(t) && !t.IsSubclassOf(typeof(DispatchProxy)))
            .Select(t => t.FullName!);
    }

    /// <summary>
    /// Public types that are neither migrations nor components of pages, which EF Core and Razor write public, nor what
    /// such components show: Razor wants their parameters public.
    /// </summary>
    public static IEnumerable<string> Public(IEnumerable<Type> types)
    {
        var own = types.ToList();
        var shown = Shown(own);
        return own.Where(t => t.IsPublic && IsHandWritten(t) && !IsComponent(t) && !shown.Contains(t))
            .Select(t => t.FullName!);
    }

    private static HashSet<Type> Shown(IEnumerable<Type> types)
    {
        var shown = new HashSet<Type>();
        foreach (var parameter in types.Where(IsComponent).SelectMany(t => t.GetProperties()).Where(
            p => p.IsDefined(typeof(Microsoft.AspNetCore.Components.ParameterAttribute))))
        {
            Add(parameter.PropertyType);
        }

        return shown;

        void Add(Type type)
        {
            foreach (var part in type.IsGenericType ? type.GetGenericArguments() : [type])
            {
                if (part.Namespace?.StartsWith("Mpp.", StringComparison.Ordinal) is true && shown.Add(part))
                {
                    foreach (var property in part.GetProperties())
                    {
                        Add(property.PropertyType);
                    }
                }
            }
        }
    }

    /// <summary>Methods that call one of these members, as <c>Type.Member</c>.</summary>
    public static IEnumerable<string> Calls(Assembly assembly, params IReadOnlyCollection<string> members)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var tokens = metadata.MemberReferences
            .Select(handle => (Token: BitConverter.GetBytes(MetadataTokens.GetToken(handle)),
                Name: Name(metadata, metadata.GetMemberReference(handle))))
            .Where(member => members.Contains(member.Name)).ToList();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(m => m.RelativeVirtualAddress != 0))
        {
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            foreach (var (_, member) in tokens.Where(t => code.AsSpan().IndexOf(t.Token) >= 0))
            {
                yield return $"{FullName(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)} "
                    + $"calls {member}";
            }
        }
    }

    /// <summary>Types of other assemblies that an assembly refers to anywhere, by full name.</summary>
    public static IEnumerable<string> Refers(Assembly assembly, params IReadOnlyCollection<string> types)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(t => FullName(metadata, t))
            .Where(types.Contains).Select(t => $"{assembly.GetName().Name} refers to {t}")];
    }

    /// <summary>Properties that by their name or type could hold personal data, at any depth.</summary>
    public static IEnumerable<string> PersonalData(Type message) =>
        message.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(p =>
            PersonalName().IsMatch(p.Name) || p.PropertyType == typeof(object)
                || p.PropertyType == typeof(System.Text.Json.JsonElement) || p.PropertyType == typeof(Mpp.Contracts.Nik)
                ? [$"{message.Name}.{p.Name}"]
                : Inner(p.PropertyType).Where(t => t.Namespace?.StartsWith("Mpp.", StringComparison.Ordinal) == true
                    && t.Namespace != typeof(Mpp.Contracts.Nik).Namespace && t != message).SelectMany(PersonalData));

    private static Type[] Inner(Type type) => type.IsGenericType ? type.GetGenericArguments() : [type];

    private static bool IsComponent(Type type) => type.Name == "_Imports"
        || typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type);

    private static bool IsHandWritten(Type type) =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) && type.FullName != "Program"
        && type.Namespace is { } space && space.StartsWith("Mpp.", StringComparison.Ordinal)
        && !space.EndsWith(".Migrations", StringComparison.Ordinal);

    private static string Name(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
            ? FullName(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent))
                + $".{metadata.GetString(member.Name)}"
            : "";

    private static string FullName(MetadataReader metadata, TypeReference type) =>
        $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.IsNested
            ? $"{FullName(metadata, type.GetDeclaringType())}+{metadata.GetString(type.Name)}"
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    [GeneratedRegex("nik|name|birth|sex|address|phone|email|mother|father|card|input|output|document|reason|text",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PersonalName();
}
