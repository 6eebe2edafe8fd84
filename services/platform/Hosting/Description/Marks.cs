namespace Mpp.Hosting.Description;

/// <summary>An endpoint whose answer is a page of a list.</summary>
internal sealed record HasPages;

/// <summary>An endpoint whose answer is a stream of events.</summary>
internal sealed record HasEvents(string Item, string Example);

/// <summary>An endpoint that answers in either language.</summary>
internal sealed record HasLanguages;

/// <summary>An endpoint that takes a key that makes a repeat the same request.</summary>
internal sealed record HasIdempotencyKey;
