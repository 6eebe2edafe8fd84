using Mpp.Hosting.Description;
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
    /// The answer has an <c>ETag</c>. A caller who reads may send it back as <c>If-None-Match</c> and gets 304; a
    /// caller who changes something may send it as <c>If-Match</c>.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="changed">For an endpoint that changes something: the answer to a tag that is no longer right.
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
