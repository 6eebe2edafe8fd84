using System.ComponentModel.DataAnnotations;
using Mpp.Hosting.Description;

namespace Mpp.Applications.Flow;

/// <summary>Who acted, without a name.</summary>
/// <param name="Role">As whom.</param>
/// <param name="Client">The client that called.</param>
/// <param name="Subject">The person, as the client or the authority names it, if the token says.</param>
internal sealed record Actor(ActorRole Role, string Client, string? Subject = null);

/// <summary>Somebody files for the applicant, a hospital for parents for example.</summary>
/// <param name="Authority">What allows it: <c>power-of-attorney</c>, <c>agreement</c>,
/// <c>guardian</c> or <c>family</c>.</param>
/// <param name="Reference">The number of the letter or agreement.</param>
internal sealed record Representation(
    [OneOf<Authority>] string Authority,
    [StringLength(Representation.LongestReference, MinimumLength = 3)] string Reference)
{
    public const int LongestReference = 100;
}

[JsonConverter(typeof(KebabEnumConverter<ActorRole>))]
internal enum ActorRole
{
    Applicant,
    Operator,
}
