using System.Text.Json;
using System.Text.Json.Nodes;
using Mpp.Local;
using Mpp.Sandbox;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Flow;

/// <summary>What the real agencies say before anything is filed.</summary>
[Collection(MallCollection.Name)]
public sealed class PrecheckTests(MallFixture mall)
{
    [Fact]
    public async Task A_job_seeker_hears_at_once_that_the_insurance_is_inactive_and_how_to_mend_it()
    {
        var person = mall.People.Last(
            p => p is { Deceased: null, PoliceRecord: PoliceRecord.None, Jkn.Status: JknStatus.Inactive }
                && p.AgeOn(Population.CountedOn) is >= 20 and <= 58);
        var input = SandboxApplications.JobSeeker(person)["input"]!.AsObject();

        var before = await PrecheckAsync("job-seeker", input);

        before.GetProperty("ready").GetBoolean().ShouldBeFalse();
        var missing = Requirement(before, "skck", "jkn-active-or-proof");
        missing.GetProperty("status").GetString().ShouldBe("missing", before.ToString());
        missing.GetProperty("pointer").GetString().ShouldBe("/input/jknProof");
        missing.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
        before.ToString().ShouldNotContain(person.Nik.Value);

        input["jknProof"] = "8888801234567890";
        var after = await PrecheckAsync("job-seeker", input);

        Requirement(after, "skck", "jkn-active-or-proof").GetProperty("status").GetString().ShouldBe("fulfilled");
        after.GetProperty("ready").GetBoolean().ShouldBeTrue(after.ToString());
    }

    [Theory]
    [InlineData("56101", true)]
    [InlineData("01111", false)]
    public async Task Whether_a_business_needs_a_certificate_follows_from_its_line(string kbli, bool needed)
    {
        var input =
            SandboxApplications.StartBusiness(Population.Owners(mall.People).Skip(7).First())["input"]!.AsObject();
        input["business"]!["kbli"] = kbli;

        var result = await PrecheckAsync("start-business", input);

        result.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString())
            .Contains("standard-certificate").ShouldBe(needed, result.ToString());
    }

    [Fact]
    public async Task An_agency_that_is_away_is_said_to_be_and_not_waited_for()
    {
        var input =
            SandboxApplications.JobSeeker(Population.JobSeekers(mall.People).Skip(16).First())["input"]!.AsObject();
        await PrecheckAsync("job-seeker", input);
        mall.Mall.Suspend("bpjs");
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var result = await PrecheckAsync("job-seeker", input);

            TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
            MallFixture.Step(result, "membership").GetProperty("answered").GetBoolean().ShouldBeFalse();
            MallFixture.Step(result, "skck")
                .GetProperty("answered").GetBoolean().ShouldBeTrue("what the police need of it is known later");
            Requirement(result, "skck", "jkn-active-or-proof")
                .GetProperty("status").GetString().ShouldBe("known-later");
            result.GetProperty("ready").GetBoolean().ShouldBeFalse();
        }
        finally
        {
            mall.Mall.Resume("bpjs");
        }
    }

    /// <summary>What somebody tries who has found a NIK, and perhaps a name.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("Nama Lain", null)]
    [InlineData(null, "1990-01-01")]
    [InlineData("Nama Lain", "1990-01-01")]
    public async Task Who_does_not_know_whom_he_asks_about_learns_nothing(string? name, string? birthDate)
    {
        var known = Population.JobSeekers(mall.People).Skip(20).First();
        var nobody = known.Nik.Value[..12] + "9987";

        var about = await AskAsync(known.Nik.Value);

        about.ShouldBe(await AskAsync(nobody), "whether a NIK is registered is nobody's business");

        async Task<string> AskAsync(string nik)
        {
            var applicant = new JsonObject { ["nik"] = nik };
            if (name is not null)
            {
                applicant["name"] = name;
            }

            if (birthDate is not null)
            {
                applicant["birthDate"] = birthDate;
            }

            var result = await PrecheckAsync("job-seeker", new JsonObject
            {
                ["applicant"] = applicant,
                ["purpose"] = "private-employment",
            });
            result.GetProperty("ready").GetBoolean().ShouldBeFalse();
            foreach (var step in (string[])["membership", "skck"])
            {
                MallFixture.Step(result, step).GetProperty("asked").GetBoolean().ShouldBeFalse();
                MallFixture.Step(result, step).GetProperty("requirements").EnumerateArray()
                    .ShouldAllBe(r => r.GetProperty("status").GetString() == "known-later");
            }

            return result.ToString();
        }
    }

    [Fact]
    public async Task Both_parents_are_named_before_anybody_is_asked_about_their_child()
    {
        var input = SandboxApplications.Birth(
            Population.Couples(mall.People).Skip(3).First(), await mall.TodayAsync())["input"]!.AsObject();
        (await PrecheckAsync("birth", input)).GetProperty("steps").EnumerateArray()
            .ShouldAllBe(step => step.GetProperty("asked").GetBoolean());
        input["father"]!["name"] = "Nama Lain";

        var result = await PrecheckAsync("birth", input);

        MallFixture.Step(result, "birth-certificate").GetProperty("asked").GetBoolean().ShouldBeFalse();
        Requirement(result, "father-identity", "identity-match").GetProperty("status").GetString().ShouldBe("missing");
        Requirement(result, "mother-identity", "identity-match").GetProperty("status").GetString()
            .ShouldBe("fulfilled");
    }

    private Task<JsonElement> PrecheckAsync(string package, JsonObject input) =>
        mall.PostAsync($"/v1/packages/{package}/precheck", new { region = "74.02", input });

    private static JsonElement Requirement(JsonElement result, string step, string code) =>
        MallFixture.Step(result, step)
            .GetProperty("requirements").EnumerateArray().Single(r => r.GetProperty("requirement").GetString() == code);
}
