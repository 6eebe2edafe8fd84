using Mpp.Applications.Packages;
using Mpp.Contracts;
using Mpp.Hosting.Auth;
using Mpp.Hosting.Problems;

namespace Mpp.Applications.Submission;

/// <summary>Everything that can be wrong with a submission, before anything is stored.</summary>
internal sealed class SubmissionCheck(PackageDefinitions packages, CatalogueCopy catalogue)
{
    private static readonly string[] Channels = ["counter", "mobile", "self", "electronic"];

    /// <summary><see langword="null"/> when it is good.</summary>
    public async Task<Problem?> FaultAsync(SubmitRequest request, CallerRegion caller, CancellationToken cancellationToken)
    {
        if (packages.Offered(request.Package) is null)
        {
            await catalogue.RefreshOnMissAsync(cancellationToken);
        }

        if (!packages.Any)
        {
            return Problem.Of(ProblemCodes.UpstreamUnavailable, "The catalogue of packages is not there yet; try again.");
        }

        if (packages.Offered(request.Package) is not { } package)
        {
            return Problem.Of(ProblemCodes.UnknownPackage, detail: null, new FieldError("/package", "unknown-package", "There is no such package."));
        }

        if (!RegionCode.TryParse(request.Region, provider: null, out var region) || region.Regency != region || !region.IsKnown)
        {
            return Problem.Of(ProblemCodes.UnknownRegion, detail: null, new FieldError("/region", "unknown-region", "A regency or city is expected, for example 74.02."));
        }

        if (!caller.Covers(region))
        {
            return Problem.Of(ProblemCodes.RegionNotAllowed);
        }

        var faults = new List<FieldError>();
        if (!Channels.Contains(request.Channel, StringComparer.Ordinal))
        {
            faults.Add(new FieldError("/channel", "unknown-value", $"One of {string.Join(", ", Channels)} is expected."));
        }

        faults.AddRange(package.Form.Check(request.Input));
        return faults.Count == 0 ? null : Problem.Of(ProblemCodes.InvalidRequest, "The body has fields that cannot be accepted.", faults);
    }
}
