using System.Net;

namespace Mpp.Load.Measuring;

/// <summary>A system under load that takes applications for a birth, on temporary servers of its own.</summary>
internal interface ISide : IAsyncDisposable
{
    /// <summary>Where it takes applications.</summary>
    HttpClient Client { get; }

    /// <summary>The path of the request that files one.</summary>
    Uri Applications { get; }

    /// <summary>What it answers when it has stored one.</summary>
    HttpStatusCode Accepted { get; }

    /// <summary>Its databases, seen from outside.</summary>
    Probe Probe { get; }

    /// <summary>Processor time used so far, by process, servers included.</summary>
    IReadOnlyDictionary<string, TimeSpan> CpuTimes();
}
