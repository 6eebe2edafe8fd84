using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Mpp.Sandbox;

/// <summary>
/// What the sandbox's people are good for. They are found among the people that the agencies load into their registers,
/// so the list cannot promise what an agency does not have.
/// </summary>
public static class Examples
{
    private const string JobSeeker = "job-seeker";
    private const string LostWallet = "lost-wallet";
    private const string StartBusiness = "start-business";
    private const string HealthWorkerLicence = "health-worker-licence";

    /// <summary>Every example.</summary>
    public static readonly ImmutableArray<Example> All =
    [
        new("job-seeker", JobSeeker, "Active JKN and no open case: completes when the fee of Rp 30,000 is paid.",
            people => Applicants(Population.JobSeekers(people))),
        new("inactive-jkn",
            JobSeeker, "JKN is inactive: the police ask for a proof, which a correction of /input/jknProof gives.",
            people => Applicants(Adults(people)
                .Where(p => p is { PoliceRecord: not PoliceRecord.Open, Jkn.Status: JknStatus.Inactive }))),
        new("no-jkn", JobSeeker, "Never a member of JKN: the police ask for a proof, as of those who are inactive.",
            people => Applicants(Adults(people)
                .Where(p => p is { PoliceRecord: not PoliceRecord.Open, Jkn.Status: JknStatus.NotRegistered }))),
        new("open-record", JobSeeker,
            "A criminal case is open: the police take the application in hand, and an officer decides.",
            people => Applicants(
                Adults(people).Where(p => p is { PoliceRecord: PoliceRecord.Open, Jkn.Status: JknStatus.Active }))),
        new("closed-record", JobSeeker, "A case that is closed: completes, and the certificate states a record.",
            people => Applicants(Population.JobSeekers(people).Where(p => p.PoliceRecord == PoliceRecord.Closed))),
        // Young enough for years, however far the sandbox's clock is moved.
        new("too-young", JobSeeker, "A child has no identity card: the police ask for another document "
                + "(identity-document), which a correction of /input/identityDocument gives.",
            people => Applicants(people.Where(
                p => p is { Deceased: null, Jkn.Status: JknStatus.Active } && p.AgeOn(Population.CountedOn) < 10))),
        new("deceased", JobSeeker, "Registered as deceased: refused by the civil registry (person-alive).",
            people => Applicants(people.Where(p => p.Deceased is not null))),
        new("lost-wallet", LostWallet, "Identity card and JKN card are printed again, for free.",
            people => Applicants(Population.JobSeekers(people))),
        new("driving-licence", LostWallet,
            "Has driving licences of these classes, which are printed again for a fee each.",
            people => from licences in Drivers.Of(people).GroupBy(l => l.Person)
                      where licences.All(l => l.ValidUntil > Population.CountedOn.AddYears(4))
                      select new ExamplePerson(licences.Key, With(FormParts.Applicant(licences.Key),
                          "drivingLicence", new JsonObject
                          {
                              ["classes"] = new JsonArray([.. licences.Select(l => JsonValue.Create(l.Class))]),
                          }))),
        new("parents", "birth",
            "Living parents on one family card, the mother with active JKN: the newborn gets papers and insurance.",
            people => Population.Couples(people)
                .Select(couple => new ExamplePerson(couple.Mother, FormParts.Parents(couple)))),
        new("business-owner", StartBusiness, "Under no sanction: completes.",
            people => Owners(Population.Owners(people))),
        new("blocked-owner", StartBusiness,
            "Under a sanction of BPJS that the licensing office knows of: refused (owner-not-blocked).",
            people => Owners(Grown(Sanctions.Of(people).Where(s => s.KnownToLicensing)))),
        new("sanctioned-owner", StartBusiness, "Under a sanction that only BPJS knows of: completes, and with the "
                + "registration of the workers the sanction has lost its ground.",
            people => Owners(Grown(Sanctions.Of(people).Where(s => !s.KnownToLicensing)))),
        new("health-worker", HealthWorkerLicence, "A valid STR: completes.",
            people => Practitioners(HealthWorkers.Ready(people))),
        new("suspended-health-worker", HealthWorkerLicence,
            "The STR is suspended: refused by the health office (str-valid).",
            people => Practitioners(HealthWorkers.Of(people).Where(w => w.Suspended))),
    ];

    private static IEnumerable<Person> Adults(IReadOnlyList<Person> people) =>
        people.Where(p => p.Deceased is null && p.AgeOn(Population.CountedOn) is >= 18 and <= 58);

    private static IEnumerable<Person> Grown(IEnumerable<Sanction> sanctions) =>
        sanctions.Select(s => s.Person)
            .Where(p => p.Deceased is null && p.AgeOn(Population.CountedOn) is >= 21 and <= 65);

    private static IEnumerable<ExamplePerson> Applicants(IEnumerable<Person> people) =>
        people.Select(p => new ExamplePerson(p, FormParts.Applicant(p)));

    private static IEnumerable<ExamplePerson> Owners(IEnumerable<Person> people) =>
        people.Select(p => new ExamplePerson(p, FormParts.Owner(p)));

    private static IEnumerable<ExamplePerson> Practitioners(IEnumerable<HealthWorker> workers) =>
        workers.Select(w => new ExamplePerson(w.Person, FormParts.Practitioner(w)));

    private static JsonObject With(JsonObject input, string name, JsonObject part)
    {
        input[name] = part;
        return input;
    }
}
