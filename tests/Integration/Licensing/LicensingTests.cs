using Microsoft.EntityFrameworkCore;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Licensing.Businesses;
using Mpp.Licensing.BusinessNumbers;
using Mpp.Licensing.Certificates;
using Mpp.Licensing.Data;
using Mpp.Licensing.Kbli;
using Mpp.Sandbox;
using Shouldly;

namespace Mpp.Integration.Licensing;

/// <summary>The licensing service with PostgreSQL and RabbitMQ.</summary>
public sealed class RunningLicensing() : RunningAgency("licensing", typeof(LicensingDbContext).Assembly);

public sealed class LicensingTests(RunningLicensing licensing) : IClassFixture<RunningLicensing>
{
    private const string Stall = "56102", Restaurant = "56101", Hotel = "55110", Hospital = "86103";

    private static readonly IReadOnlyList<Person> People = Population.Generate(RunningAgency.People);
    private static readonly Person[] Owners = [.. Population.Owners(People)];
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);
    private static int _names;

    [Theory]
    [InlineData(Stall, RiskLevel.Low)]
    [InlineData(Restaurant, RiskLevel.MediumLow)]
    [InlineData(Hotel, RiskLevel.MediumHigh)]
    [InlineData(Hospital, RiskLevel.High)]
    internal async Task A_business_gets_its_NIB_and_hears_its_risk(string kbli, RiskLevel risk)
    {
        var step = Nib(Owners[0], kbli);
        var (outputs, documents) = await licensing.CompleteAsync<NibOutput>(step);
        outputs.RiskLevel.ShouldBe(risk);
        outputs.Nib.ShouldMatch("^[0-9]{13}$");
        documents.ShouldBe([new IssuedDocument("nib", outputs.Nib, Today, null)]);
        (await Business(outputs.Nib)).Region.ShouldBe(Population.Region, "not given: the application's");
    }

    [Fact]
    public async Task An_unknown_line_of_business_is_refused() =>
        (await licensing.RefuseAsync(Nib(Owners[1], "00000"))).ShouldBe([("kbli-known", "/kbli")]);

    [Fact]
    public async Task A_blocked_owner_is_refused_until_the_block_is_lifted()
    {
        var owner = People.First(p => p.Sanctioned);
        (await licensing.RefuseAsync(Nib(owner))).ShouldBe([("owner-not-blocked", "/ownerNik")]);
        await licensing.InDatabaseAsync<LicensingDbContext, int>(db => db.OwnerBlocks.Where(b => b.Nik == owner.Nik)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.LiftedOn, Today)));
        await licensing.LoadSandboxAsync();
        await licensing.CompleteAsync<NibOutput>(Nib(owner));
    }

    [Fact]
    public async Task An_owner_has_one_NIB_for_each_name()
    {
        var step = Nib(Owners[2], name: "Toko Maju");
        var (outputs, _) = await licensing.CompleteAsync<NibOutput>(step);
        (await licensing.RefuseAsync(Nib(Owners[2], name: "toko  MAJU")))
            .ShouldBe([("business-name-unused", "/businessName")]);
        await licensing.CompleteAsync<NibOutput>(Nib(Owners[3], name: "Toko Maju"));
        (await licensing
            .CompleteAsync<NibOutput>(step with { Step = step.Step with { Attempt = 2 } })).Outputs.ShouldBe(outputs);
    }

    [Fact]
    public async Task NIBs_are_unique_however_many_are_asked_for_at_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => licensing.Coordinator.AskAsync(Nib(Owners[i % Owners.Length]))));
        answers.Cast<StepCompleted>()
            .Select(a => RunningAgency.Read<NibOutput>(a).Nib).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task One_name_asked_for_by_many_applications_at_once_gets_one_NIB()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => licensing.Coordinator.AskAsync(Nib(Owners[4], name: "Toko Serentak"))));
        answers.OfType<StepCompleted>().Count().ShouldBe(1);
        answers.OfType<StepRefused>().Count().ShouldBe(7);
    }

    [Theory]
    [InlineData(Restaurant, "medium-low", true)]
    [InlineData(Hotel, "medium-high", false)]
    public async Task Medium_risk_gets_a_certificate_that_is_verified_at_once_or_later(
        string kbli, string risk, bool verified)
    {
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[5], kbli));
        var (outputs, documents) = await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, kbli, risk));
        outputs.Verified.ShouldBe(verified);
        documents.ShouldBe([new IssuedDocument("standard-certificate", outputs.CertificateNumber, Today, null)]);
        (await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, kbli, risk))).Outputs
            .ShouldBe(outputs, "there is one for each NIB and line of business");
    }

    [Fact]
    public async Task A_certificate_is_refused_for_each_of_its_reasons()
    {
        (await licensing.RefuseAsync(Certificate("9999999999999", Restaurant))).ShouldBe([("nib-active", "/nib")]);
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[6], Restaurant));
        (await licensing.RefuseAsync(Certificate(nib.Nib, Hotel))).ShouldBe([("nib-active", "/kbli")]);
        (await licensing.RefuseAsync(Certificate(nib.Nib, Restaurant, declaration: false)))
            .ShouldBe([("declaration-signed", "/declaration")]);
        var (hospital, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[6], Hospital));
        (await licensing.RefuseAsync(Certificate(hospital.Nib, Hospital, "medium-low")))
            .ShouldBe([("risk-needs-licence", "/riskLevel")], "the register knows better");
    }

    [Fact]
    public async Task A_revoked_NIB_takes_its_certificate_along_and_frees_the_name()
    {
        var step = Nib(Owners[7], Restaurant, "Rumah Makan Lepo-Lepo");
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(step);
        await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, Restaurant));

        (await licensing.CancelAsync(step)).ShouldBeOfType<StepCancelled>();
        (await licensing.CancelAsync(step)).ShouldBeOfType<StepCancelled>("twice is as good as once");

        var business = await Business(nib.Nib);
        business.Status.ShouldBe(PermitStatus.Revoked);
        business.RevokedReason.ShouldBe("cancelled-by-applicant");
        (await licensing.InDatabaseAsync<LicensingDbContext, int>(
            db => db.Certificates.CountAsync(c => c.Nib == nib.Nib && c.Status == PermitStatus.Active))).ShouldBe(0);
        (await licensing.RefuseAsync(Certificate(nib.Nib, Restaurant))).ShouldBe([("nib-active", "/nib")]);
        (await licensing.CompleteAsync<NibOutput>(Nib(Owners[7], Restaurant, "Rumah Makan Lepo-Lepo"))).Outputs.Nib
            .ShouldNotBe(nib.Nib);
    }

    [Fact]
    public async Task A_certificate_alone_can_be_revoked()
    {
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[8], Restaurant));
        var step = Certificate(nib.Nib, Restaurant);
        await licensing.CompleteAsync<CertificateOutput>(step);
        (await licensing.CancelAsync(step)).ShouldBeOfType<StepCancelled>();
        (await Business(nib.Nib)).Status.ShouldBe(PermitStatus.Active);
    }

    [Fact]
    public async Task The_sandbox_is_loaded_once_however_often()
    {
        await licensing.LoadSandboxAsync();
        var sanctioned = People.Count(p => p.Sanctioned);
        (await licensing.InDatabaseAsync<LicensingDbContext, int>(db => db.OwnerBlocks.CountAsync()))
            .ShouldBe((sanctioned + 1) / 2);
    }

    private Task<Business> Business(string nib) =>
        licensing.InDatabaseAsync<LicensingDbContext, Business>(
            db => db.Businesses.AsNoTracking().SingleAsync(b => b.Nib == nib));

    private static StepRequest Nib(Person owner, string kbli = Stall, string? name = null) =>
        TestSteps.New("licensing/business-identification-number", new
        {
            ownerNik = owner.Nik.Value,
            ownerName = owner.Name,
            businessName = name ?? $"Usaha {Interlocked.Increment(ref _names)}",
            kbli,
        });

    private static StepRequest Certificate(
        string nib, string kbli, string riskLevel = "medium-low", bool declaration = true) =>
        TestSteps.New("licensing/standard-certificate", new { nib, kbli, riskLevel, declaration });
}
