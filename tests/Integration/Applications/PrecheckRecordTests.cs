using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mpp.Applications.Data;
using Mpp.Hosting.Database;
using Shouldly;

namespace Mpp.Integration.Applications;

/// <summary>Who asked about whom is recorded, and nobody asks without end. The civil registry is silent here.</summary>
[Collection(CoordinatorTests.Name)]
public sealed class PrecheckRecordTests(CoordinatorFixture fixture)
{
    [Fact]
    public async Task Every_question_is_recorded_and_of_one_person_there_are_not_many()
    {
        const string Nik = "7402014107900011";
        var answers = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await AskAsync(Nik, $"client-{i % 2}");
            answers.Add((int)answer.StatusCode);
            if (i == 3)
            {
                answer.Headers.RetryAfter!.Delta.ShouldNotBeNull()
                    .ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24));
                (await answer.Content.ReadAsStringAsync()).ShouldNotContain(Nik);
            }
        }

        answers.ShouldBe([200, 200, 200, 429]);
        (await fixture.ReadAsync(d => d.PrecheckRecords.Where(r => r.Nik == Nik).OrderBy(r => r.Id)
            .Select(r => new { r.Client, r.Package, r.Region }).ToListAsync()))
            .Select(r => (r.Client, r.Package, r.Region)).ShouldBe(
            [
                ("client-0", "job-seeker", "74.02"), ("client-1", "job-seeker", "74.02"),
                ("client-0", "job-seeker", "74.02"),
            ]);
    }

    [Fact]
    public async Task A_record_is_kept_for_a_year()
    {
        const string Nik = "7402014107900051";
        var now = TimeProvider.System.GetUtcNow();
        await fixture.ReadAsync(async database =>
        {
            foreach (var days in (int[])[364, 366])
            {
                database.PrecheckRecords.Add(new()
                {
                    At = now.AddDays(-days),
                    Client = "portal",
                    Nik = Nik,
                    Package = "job-seeker",
                    Region = "74.02",
                });
            }

            return await database.SaveChangesAsync();
        });

        await fixture.Services.GetServices<IHostedService>()
            .OfType<OldRows<ApplicationsDbContext, PrecheckRecordRow>>().Single().DeleteAsync(CancellationToken.None);

        (await fixture.ReadAsync(d => d.PrecheckRecords.Where(r => r.Nik == Nik).Select(r => r.At).ToListAsync()))
            .ShouldHaveSingleItem().ShouldBe(now.AddDays(-364), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_client_that_goes_through_many_people_is_stopped()
    {
        var answers = new List<int>();
        foreach (var nik in (string[])["7402014107900021", "7402014107900022", "7402014107900023"])
        {
            using var answer = await AskAsync(nik, "curious");
            answers.Add((int)answer.StatusCode);
        }

        answers.ShouldBe([200, 200, 429]);
    }

    [Fact]
    public async Task Many_questions_at_once_do_not_pass_the_limit()
    {
        const string Nik = "7402014107900031";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(Nik, "hasty")));

        answers.Count(a => (int)a.StatusCode == 200).ShouldBe(3);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_person_who_is_not_confirmed()
    {
        using var answer = await AskAsync("7402014107900041", "portal");

        var steps = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("steps")
            .EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!);
        steps["identity"].GetProperty("asked").GetBoolean().ShouldBeTrue();
        steps["identity"].GetProperty("answered").GetBoolean().ShouldBeFalse();
        steps["membership"].GetProperty("asked").GetBoolean().ShouldBeFalse();
        steps["skck"].GetProperty("asked").GetBoolean().ShouldBeFalse();
    }

    private Task<HttpResponseMessage> AskAsync(string nik, string client) => fixture.Client.PostToAsync(
        "/v1/packages/job-seeker/precheck",
        $$"""
        {
            "region": "74.02",
            "input": {
                "applicant": { "nik": "{{nik}}", "name": "Contoh", "birthDate": "1990-07-01" },
                "purpose": "private-employment"
            }
        }
        """,
        Tokens.Create(client));
}
