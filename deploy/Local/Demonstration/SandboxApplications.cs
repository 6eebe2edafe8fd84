using System.Text.Json.Nodes;
using Mpp.Sandbox;

namespace Mpp.Local;

/// <summary>Applications of sandbox people that succeed: what an integrator's program would send.</summary>
public static class SandboxApplications
{
    /// <summary>
    /// A child born to a couple a week ago; the child's name and the birth letter's number are new each time.
    /// </summary>
    /// <param name="couple">One of <see cref="Population.Couples"/>.</param>
    /// <param name="today">Today.</param>
    public static JsonObject Birth(Couple couple, DateOnly today) =>
        Application("birth", FormParts.Parents(couple), new()
        {
            ["child"] = new JsonObject
            {
                ["name"] = "Cahaya " + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)
                + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 7),
                ["sex"] = RandomNumberGenerator.GetInt32(2) == 0 ? "female" : "male",
                ["birthDate"] = Text(today.AddDays(-7)),
                ["birthPlace"] = "Unaaha",
            },
            ["birthLetter"] = new JsonObject
            {
                ["number"] = $"SKL-{RandomNumberGenerator.GetString("0123456789ABCDEF", 12)}",
                ["issuer"] = "RSUD Konawe"
            },
        });

    /// <summary>A police record certificate for a private employer.</summary>
    /// <param name="person">One of <see cref="Population.JobSeekers"/>.</param>
    public static JsonObject JobSeeker(Person person) => Application("job-seeker", FormParts.Applicant(person), new()
    {
        ["purpose"] = "private-employment",
    });

    /// <summary>A restaurant (KBLI 56101) with three workers; its name is new each time.</summary>
    /// <param name="owner">One of <see cref="Population.Owners"/>.</param>
    public static JsonObject StartBusiness(Person owner) => Application("start-business", FormParts.Owner(owner), new()
    {
        ["business"] = new JsonObject
        {
            ["name"] = $"Rumah Makan Konawe {RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6)}",
            ["kbli"] = "56101",
            ["workers"] = 3,
        },
        ["declaration"] = true,
    });

    /// <summary>
    /// A practice licence for a clinic; its name is new each time, because a licence is for one place.
    /// </summary>
    /// <param name="worker">One of <see cref="HealthWorkers.Ready"/>.</param>
    public static JsonObject HealthWorkerLicence(HealthWorker worker) =>
        Application("health-worker-licence", FormParts.Practitioner(worker), new()
        {
            ["facility"] = new JsonObject
            {
                ["name"] = $"Klinik Konawe {RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6)}",
                ["address"] = "Jalan Sapati, Unaaha",
                ["letterNumber"] = $"KLK/{RandomNumberGenerator.GetString("0123456789", 4)}/2026",
            },
        });

    /// <summary>
    /// A wallet with identity card and JKN card, lost yesterday; nothing in it costs a fee to replace.
    /// </summary>
    /// <param name="person">One of <see cref="Population.JobSeekers"/>: living, grown up, with active JKN.</param>
    /// <param name="today">Today.</param>
    public static JsonObject LostWallet(Person person, DateOnly today) =>
        Application("lost-wallet", FormParts.Applicant(person), new()
        {
            ["loss"] = new JsonObject { ["date"] = Text(today.AddDays(-1)), ["place"] = "Pasar Asinua, Unaaha" },
            ["lost"] =
                new JsonObject { ["identityCard"] = true, ["membershipCard"] = true, ["drivingLicence"] = false },
        });

    private static JsonObject Application(string package, JsonObject who, Dictionary<string, JsonNode?> what) => new()
    {
        ["package"] = package,
        ["region"] = "74.02",
        ["channel"] = "electronic",
        ["input"] = new JsonObject(
            who.Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())).Concat(what)),
    };

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
