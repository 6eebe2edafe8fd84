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

    private Task<JsonElement> PrecheckAsync(string package, JsonObject input) =>
        mall.PostAsync($"/v1/packages/{package}/precheck", new { region = "74.02", input });

    private static JsonElement Requirement(JsonElement result, string step, string code) =>
        MallFixture.Step(result, step)
            .GetProperty("requirements").EnumerateArray().Single(r => r.GetProperty("requirement").GetString() == code);
}
