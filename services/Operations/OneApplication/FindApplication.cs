using Mpp.Contracts.Payments;
using Mpp.Operations.Access;
using Mpp.Operations.Data;
using Mpp.Operations.Frame;

namespace Mpp.Operations.OneApplication;

/// <summary>
/// <c>GET /console/applications?find=…</c>: leads to the application of a number, a billing code or a trace id, in the
/// person's region.
/// </summary>
internal static class FindApplication
{
    private const int TraceIdLength = 32;

    public static async Task<IResult> HandleAsync(
        string? find, Person person, OperationsDbContext database, CancellationToken cancellationToken)
    {
        var wanted = find?.Trim() ?? "";
        return await NumberOfAsync(wanted, person, database, cancellationToken) is { } number
            ? TypedResults.LocalRedirect(ConsolePaths.Application(number))
            : Pages.Fault(ApplicationTexts.Unknown, ApplicationTexts.NotFound, StatusCodes.Status404NotFound);
    }

    private static async Task<string?> NumberOfAsync(
        string wanted, Person person, OperationsDbContext database, CancellationToken cancellationToken)
    {
        if (ApplicationNumber.TryParse(wanted, provider: null, out var number))
        {
            // Its page says whether it is there for this person.
            return number.Value;
        }

        var applications = database.Applications.AsNoTracking().Within(person.Region, a => a.Region);
        if (wanted.Length == BillingCodeForm.Length && wanted.All(char.IsAsciiDigit))
        {
            return await applications.Where(a => database.Steps.Any(
                step => step.ApplicationId == a.Id && step.BillingCode == wanted)).Select(a => a.Number)
                .FirstOrDefaultAsync(cancellationToken);
        }

        if (wanted.Length == TraceIdLength && wanted.All(char.IsAsciiHexDigit))
        {
            var trace = Convert.FromHexString(wanted);
            return await applications.Where(a => database.Entries.Any(
                entry => entry.ApplicationId == a.Id && entry.Trace == trace)).Select(a => a.Number)
                .FirstOrDefaultAsync(cancellationToken);
        }

        return null;
    }
}
