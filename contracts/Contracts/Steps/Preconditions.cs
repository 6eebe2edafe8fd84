using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mpp.Contracts.Steps;

/// <summary>
/// Coordinator → an agency's queue <c>{agency}-prechecks</c>: what would stand against this service? A question: the
/// answer is <see cref="PreconditionsChecked"/> to the response address, and nothing is stored. The coordinator does
/// not wait for a late answer.
/// </summary>
public sealed record CheckPreconditions
{
    /// <summary>The service, <c>agency/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The region that the application would belong to.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>The client that asks, for the agency's own record.</summary>
    public required string Client { get; init; }

    /// <summary>
    /// A JSON object with the fields that are known before anything is filed. A field that the applicant has not given
    /// is left out. A field that comes from another step's result is there only if that step's agency could foresee it.
    /// Personal data: for this agency only.
    /// </summary>
    public required JsonElement Inputs { get; init; }
}

/// <summary>Agency → coordinator: what stands for and against the service now.</summary>
public sealed record PreconditionsChecked
{
    /// <summary>
    /// What the agency can say now. Requirements of its published standard that it does not name are known later.
    /// </summary>
    public required IReadOnlyList<Precondition> Preconditions { get; init; }

    /// <summary>
    /// What the service would give back, as far as a look into its register tells: a JSON object with some of the
    /// fields of its output schema. Agencies whose fields come from it can then be asked too. It goes to those agencies
    /// only, and is not stored.
    /// </summary>
    public JsonElement? Outputs { get; init; }
}

/// <summary>Whether a requirement is fulfilled before anything is filed.</summary>
/// <param name="Requirement">The code of the requirement in the service's published standard.</param>
/// <param name="Status">Whether it is fulfilled.</param>
/// <param name="Remedy">How to mend it, for the applicant, where it is missing. Names no value
/// of personal data.</param>
/// <param name="Pointer">The input at fault, a JSON Pointer (RFC 6901) into the step's inputs, where
/// there is one.</param>
public sealed record Precondition(
    string Requirement, PreconditionStatus Status, LocalizedText? Remedy = null, string? Pointer = null);

/// <summary>Whether a requirement is fulfilled. Names on the wire are kebab-case.</summary>
[JsonConverter(typeof(KebabEnumConverter<PreconditionStatus>))]
public enum PreconditionStatus
{
    /// <summary>Nothing to do.</summary>
    Fulfilled,
    /// <summary>As things stand, the service would be refused or sent back.</summary>
    Missing,
    /// <summary>Only the work itself or an earlier step will tell.</summary>
    KnownLater,
}
