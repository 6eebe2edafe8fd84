using Mpp.Contracts;

namespace Mpp.Hosting.Description;

/// <summary>
/// A text that is one of a few: the document gets a schema of this name for all places that have it.
/// </summary>
/// <param name="name">The schema's name.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public abstract class ValuesAttribute(string name) : Attribute
{
    /// <summary>The schema's name.</summary>
    public string Name => name;

    /// <summary>What the values are.</summary>
    public virtual string? Description => XmlDocs.Of(GetType());

    /// <summary>All values.</summary>
    public abstract IReadOnlyList<string> Values { get; }
}

/// <summary>A text that is one of an enum's values in kebab case.</summary>
public sealed class OneOfAttribute<TEnum>() : ValuesAttribute(typeof(TEnum).Name) where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override string? Description => XmlDocs.Of(typeof(TEnum));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Values => [.. Kebab.Values<TEnum>().Keys];
}

/// <summary>The member or parameter is what the vocabulary knows under another word.</summary>
/// <param name="word">That word.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class WordAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word => word;
}

/// <summary>A text of a form.</summary>
/// <param name="maxLength">How long it can be, in characters.</param>
/// <param name="pattern">A regular expression of the whole of it.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class TextFormAttribute(int maxLength, string pattern) : Attribute
{
    /// <summary>How long it can be.</summary>
    public int MaxLength => maxLength;

    /// <summary>A regular expression of the whole of it.</summary>
    public string Pattern => pattern;
}

/// <summary>Free JSON that is an object.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FreeObjectAttribute : Attribute;
