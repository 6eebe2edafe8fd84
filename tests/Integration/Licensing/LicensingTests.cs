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
        (await Activity(step)).Region.ShouldBe(Population.Region, "not given: the application's");
    }

    [Fact]
    public async Task A_code_that_cannot_be_one_is_refused_and_one_outside_the_list_here_goes_to_an_officer()
    {
        (await licensing.RefuseAsync(Nib(Owners[1], "00000"))).ShouldBe([("kbli-known", "/kbli")]);
        await licensing.TakeInHandAsync(Nib(Owners[1], "56109"));
    }

    [Fact]
    public async Task A_child_gets_no_NIB_whether_the_form_or_only_the_NIK_tells_the_age()
    {
        var child = People.First(p => p.AgeOn(Today) is > 5 and < 12);
        (await licensing.RefuseAsync(Nib(child))).ShouldBe([("owner-of-age", "/ownerBirthDate")]);
        (await licensing.RefuseAsync(Nib(Owners[1], born: Today.AddYears(-9))))
            .ShouldBe([("owner-of-age", "/ownerBirthDate")]);
        await licensing.TakeInHandAsync(Nib(Owners[1], born: Today.AddYears(-17)));
    }

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
    public async Task An_owner_has_one_NIB_and_each_line_of_business_comes_under_it_once()
    {
        var step = Nib(Owners[2], name: "Toko Maju");
        var (outputs, _) = await licensing.CompleteAsync<NibOutput>(step);
        (await licensing.RefuseAsync(Nib(Owners[2], name: "toko  MAJU")))
            .ShouldBe([("activity-unregistered", "/businessName")]);
        (await licensing.CompleteAsync<NibOutput>(Nib(Owners[2], Hotel, "Hotel Maju"))).Outputs
            .ShouldBe(new(outputs.Nib, RiskLevel.MediumHigh));
        (await licensing.CompleteAsync<NibOutput>(Nib(Owners[3], name: "Toko Maju"))).Outputs.Nib
            .ShouldNotBe(outputs.Nib);
        (await licensing
            .CompleteAsync<NibOutput>(step with { Step = step.Step with { Attempt = 2 } })).Outputs.ShouldBe(outputs);
    }

    [Fact]
    public async Task NIBs_are_one_for_each_owner_however_many_are_asked_for_at_once()
    {
        var owners = Owners.Skip(20).Take(50).ToList();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => licensing.Coordinator.AskAsync(Nib(owners[i % owners.Count]))));
        answers.Cast<StepCompleted>()
            .Select(a => RunningAgency.Read<NibOutput>(a).Nib).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task One_line_of_business_asked_for_by_many_applications_at_once_is_registered_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => licensing.Coordinator.AskAsync(Nib(Owners[4], name: "Toko Serentak"))));
        answers.OfType<StepCompleted>().Count().ShouldBe(1);
        answers.OfType<StepRefused>().Count().ShouldBe(7);
    }

    [Fact]
    public async Task Medium_low_risk_gets_a_certificate_on_the_declaration()
    {
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[5], Restaurant));
        var (outputs, documents) = await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, Restaurant));
        outputs.Verified.ShouldBeTrue();
        documents.ShouldBe([new IssuedDocument("standard-certificate", outputs.CertificateNumber, Today, null)]);
        (await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, Restaurant))).Outputs
            .ShouldBe(outputs, "there is one for each NIB and line of business");
    }

    [Fact]
    public async Task Medium_high_risk_is_verified_by_an_officer_or_granted_by_law()
    {
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[9], Hotel));
        var step = Certificate(nib.Nib, Hotel, "medium-high");
        await licensing.TakeInHandAsync(step);
        (await InForce(nib.Nib)).ShouldBe(0);

        await GrantAsync(step);

        (await licensing.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        (await InForce(nib.Nib)).ShouldBe(1);
    }

    [Fact]
    public async Task High_risk_has_a_licence_that_officers_decide_and_that_falls_with_its_line_of_business()
    {
        var filed = Nib(Owners[10], Hospital);
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(filed);
        var step = TestSteps.New("licensing/business-licence", new { nib = nib.Nib, kbli = Hospital });
        await licensing.TakeInHandAsync(step);
        (await licensing.RefuseAsync(TestSteps.New(
            "licensing/business-licence", new { nib = nib.Nib, kbli = Restaurant })))
            .ShouldBe([("nib-active", "/nib")]);
        var (low, _) = await licensing.CompleteAsync<NibOutput>(Nib(Owners[11], Stall));
        (await licensing.RefuseAsync(TestSteps.New(
            "licensing/business-licence", new { nib = low.Nib, kbli = Stall }))).ShouldBe([("risk-is-high", "/kbli")]);

        await GrantAsync(step);
        var issued = (await licensing.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        issued.Documents.ShouldHaveSingleItem().Kind.ShouldBe("business-licence");
        await licensing.CancelAsync(filed);

        (await licensing.InDatabaseAsync<LicensingDbContext, PermitStatus>(
            db => db.BusinessLicences.Where(l => l.Nib == nib.Nib).Select(l => l.Status).SingleAsync()))
            .ShouldBe(PermitStatus.Revoked);
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
    public async Task The_NIB_is_revoked_with_its_last_line_of_business_and_the_certificate_with_its_own()
    {
        var step = Nib(Owners[7], Restaurant, "Rumah Makan Lepo-Lepo");
        var (nib, _) = await licensing.CompleteAsync<NibOutput>(step);
        await licensing.CompleteAsync<CertificateOutput>(Certificate(nib.Nib, Restaurant));
        var second = Nib(Owners[7], Stall, "Warung Lepo-Lepo");
        await licensing.CompleteAsync<NibOutput>(second);
        await licensing.CancelAsync(second);
        (await Business(nib.Nib)).Status.ShouldBe(PermitStatus.Active);
        (await InForce(nib.Nib)).ShouldBe(1, "the other line of business stands");

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

    private Task<int> InForce(string nib) => licensing.InDatabaseAsync<LicensingDbContext, int>(
        db => db.Certificates.CountAsync(c => c.Nib == nib && c.Status == PermitStatus.Active));

    private Task GrantAsync(StepRequest step) => licensing.Coordinator.SendAsync("licensing", new StepDeemedGranted
    {
        Step = step.Step,
        Service = step.Service,
        DueAt = TimeProvider.System.GetUtcNow(),
    });

    private Task<BusinessActivity> Activity(StepRequest step) =>
        licensing.InDatabaseAsync<LicensingDbContext, BusinessActivity>(
            db => db.Activities.AsNoTracking().SingleAsync(a => a.ApplicationId == step.Step.ApplicationId));

    private Task<Business> Business(string nib) =>
        licensing.InDatabaseAsync<LicensingDbContext, Business>(
            db => db.Businesses.AsNoTracking().SingleAsync(b => b.Nib == nib));

    private static StepRequest Nib(
        Person owner, string kbli = Stall, string? name = null, DateOnly? born = null) =>
        TestSteps.New("licensing/business-identification-number", new
        {
            ownerNik = owner.Nik.Value,
            ownerName = owner.Name,
            ownerBirthDate = born,
            businessName = name ?? $"Usaha {Interlocked.Increment(ref _names)}",
            kbli,
        });

    private static StepRequest Certificate(
        string nib, string kbli, string riskLevel = "medium-low", bool declaration = true) =>
        TestSteps.New("licensing/standard-certificate", new { nib, kbli, riskLevel, declaration });
}
