using Mpp.Contracts;
using Mpp.Hosting.Problems;

namespace Mpp.Hosting.OpenApi;

/// <summary>What an endpoint says of itself for the published document, where its code cannot be read.</summary>
public static class Described
{
    /// <summary>The largest whole number that JavaScript holds.</summary>
    public const long Safe = 9_007_199_254_740_991;

    /// <summary>The problems that this endpoint has besides those that all have.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problems">The kinds.</param>
    public static TBuilder Fails<TBuilder>(this TBuilder endpoint, params IReadOnlyList<ProblemCode> problems)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new FailsWith(problems));

    /// <summary>
    /// The answer has an <c>ETag</c>. Who reads may send it back as <c>If-None-Match</c> and is answered 304; who
    /// changes something may send it as <c>If-Match</c>.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="changed">Of an endpoint that changes something: the answer to a tag that is no longer right.
    /// </param>
    public static TBuilder Tagged<TBuilder>(this TBuilder endpoint, ProblemCode? changed = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new HasTag(changed));

    /// <summary>
    /// The answer is a stream of server-sent events, each of whose <c>data</c> is a <typeparamref name="TItem"/>.
    /// OpenAPI 3.1 cannot say so of a schema, so the text does, and the item's schema is in the document.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="example">A piece of the stream.</param>
    public static RouteHandlerBuilder Streams<TItem>(this RouteHandlerBuilder endpoint, string example) => endpoint
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .WithMetadata(new HasEvents(typeof(TItem).Name, example));

    /// <summary>The answer is a page of a list, and <c>Link</c> leads to the next one.</summary>
    public static TBuilder InPages<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new HasPages());
}

internal sealed record FailsWith(IReadOnlyList<ProblemCode> Problems);

internal sealed record HasTag(ProblemCode? Changed);

internal sealed record HasPages;

internal sealed record HasEvents(string Item, string Example);

internal sealed record HasLanguages;

internal sealed record HasIdempotencyKey;

/// <summary>
/// A text that is one of a few: the document gets a schema of this name for all places that have it.
/// </summary>
/// <param name="name">The schema's name.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public abstract class ValuesAttribute(string name) : Attribute
{
    /// <summary>The schema's name.</summary>
    public string Name => name;

    /// <summary>What they are.</summary>
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
