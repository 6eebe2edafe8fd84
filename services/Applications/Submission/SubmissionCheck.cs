using Mpp.Applications.Flow;
using Mpp.Applications.Packages;

namespace Mpp.Applications.Submission;

/// <summary>Everything that can be wrong with a submission, before anything is stored.</summary>
internal sealed class SubmissionCheck(PackageDefinitions packages, CatalogueCopy catalogue, TimeProvider time)
{
    private static readonly string[] Channels = [.. Kebab.Values<Channel>().Keys];
    private static readonly string[] Authorities = [.. Kebab.Values<Authority>().Keys];

    /// <summary><see langword="null"/> when it is good.</summary>
    public async Task<Problem?> FaultAsync(
        SubmitRequest request, CallerRegion caller, CancellationToken cancellationToken)
    {
        if (packages.Offered(request.Package) is null)
        {
            await catalogue.RefreshOnMissAsync(cancellationToken);
        }

        if (!packages.Any)
        {
            return Problem.Of(
                ProblemCodes.UpstreamUnavailable, "The catalogue of packages is not there yet; try again.");
        }

        if (packages.Offered(request.Package) is not { } package)
        {
            return Problem.Of(ProblemCodes.UnknownPackage, detail: null, new FieldError(
                "/package", ErrorCodes.UnknownPackage, "There is no such package."));
        }

        if (RegionFault(request.Region, caller, out var region) is { } elsewhere)
        {
            return elsewhere;
        }

        var faults = new List<FieldError>();
        if (ChannelFault(request.Channel) is { } channel)
        {
            faults.Add(channel);
        }

        if (request.Representation is { } representation)
        {
            faults.AddRange(Faults(representation));
        }

        faults.AddRange(package.Form.Check(request.Input, time.Today(region)));
        return faults.Count == 0
            ? null
            : Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults);
    }

    /// <summary>
    /// What is wrong with the field <c>/region</c>: a regency or city that the caller may act in is expected.
    /// </summary>
    public static Problem? RegionFault(string text, CallerRegion caller, out RegionCode region)
    {
        if (!RegionCode.TryParse(text, provider: null, out region) || region.Regency != region || !region.IsKnown)
        {
            return Problem.Of(ProblemCodes.UnknownRegion, detail: null, new FieldError(
                "/region", ErrorCodes.UnknownRegion, "A regency or city is expected, for example 74.02."));
        }

        return caller.Covers(region) ? null : Problem.Of(ProblemCodes.RegionNotAllowed);
    }

    public static FieldError? ChannelFault(string channel) => Channels.Contains(channel, StringComparer.Ordinal)
        ? null
        : new FieldError("/channel", ErrorCodes.UnknownValue, $"One of {string.Join(", ", Channels)} is expected.");

    private static IEnumerable<FieldError> Faults(Representation representation)
    {
        if (!Authorities.Contains(representation.Authority, StringComparer.Ordinal))
        {
            yield return new FieldError(
                "/representation/authority", ErrorCodes.UnknownValue,
                $"One of {string.Join(", ", Authorities)} is expected.");
        }

        if (representation.Reference.Length is < 3 or > Representation.LongestReference)
        {
            yield return new FieldError("/representation/reference", ErrorCodes.InvalidText,
                $"3 to {Representation.LongestReference} characters are expected.");
        }
    }
}
