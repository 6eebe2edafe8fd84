using Microsoft.EntityFrameworkCore;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Integration.Agency;
using Mpp.Police.Data;
using Mpp.Police.DrivingLicences;
using Mpp.Police.LossReports;
using Mpp.Sandbox;
using Shouldly;
using DrivingLicence = Mpp.Sandbox.DrivingLicence;

namespace Mpp.Integration.Police;

public sealed class LostWalletTests(RunningPolice police) : IClassFixture<RunningPolice>
{
    private static readonly DateOnly Today = TimeProvider.System.Today(Population.Region);
    private static readonly DrivingLicence[] Licences = [.. Drivers.Of(Population.Generate(RunningAgency.People))];
    private static readonly DrivingLicence[] Valid = [.. Licences.Where(l => l.ValidUntil > Today.AddDays(1))];

    [Fact]
    public async Task A_report_of_loss_serves_for_fourteen_days()
    {
        var (outputs, documents) = await police.CompleteAsync<LossReportOutput>(Report(Valid[0].Person));

        outputs.ValidUntil.ShouldBe(Today.AddDays(14));
        documents.ShouldBe([new IssuedDocument("loss-report", outputs.ReportNumber, Today, outputs.ValidUntil)]);
    }

    [Fact]
    public async Task A_report_of_nothing_or_from_the_future_is_sent_back_and_told_before()
    {
        (await police.SendBackAsync(Report(Valid[0].Person, licence: false, lostOn: Today.AddDays(1))))
            .ShouldBe([("something-lost", "/lost"), ("loss-date", "/lostOn")]);
        (await police.CheckAsync("police/loss-report",
            new { lost = new { identityCard = false, membershipCard = false, drivingLicence = false } }))
            .ShouldBe([("something-lost", PreconditionStatus.Missing)]);
    }

    [Fact]
    public async Task A_lost_licence_is_replaced_when_its_fee_is_paid_and_keeps_number_and_validity()
    {
        var licence = Valid[1];
        var (report, _) = await police.CompleteAsync<LossReportOutput>(Report(licence.Person));
        var step = Reprint(licence, report.ReportNumber);

        var asked = (await police.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();
        asked.AmountRupiah.ShouldBe(licence.Class == "A" ? 80_000 : 75_000);
        await police.Coordinator.SendAsync(
            "police", RunningPolice.Paid(step) with { AmountRupiah = asked.AmountRupiah });

        var completed = (await police.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        RunningAgency.Read<DrivingLicenceOutput>(completed).Licences.ShouldBe(
            [new(Enum.Parse<LicenceClass>(licence.Class), licence.Number, licence.ValidUntil)]);
    }

    [Fact]
    public async Task Who_holds_several_classes_gets_them_replaced_together_and_pays_for_each()
    {
        var both = Valid.GroupBy(l => l.Person).First(g => g.Count() == 2);
        var (report, _) = await police.CompleteAsync<LossReportOutput>(Report(both.Key));
        var step = Reprint(both.First(), report.ReportNumber, "A", "C");

        var asked = (await police.Coordinator.AskAsync(step)).ShouldBeOfType<FeeRequested>();
        asked.AmountRupiah.ShouldBe(155_000);
        await police.Coordinator.SendAsync("police", RunningPolice.Paid(step) with { AmountRupiah = 155_000 });

        var completed = (await police.Coordinator.RepliesAsync(step.Step, 2))[1].ShouldBeOfType<StepCompleted>();
        completed.Documents.Select(d => d.Number).ShouldBe(both.Select(l => l.Number), ignoreOrder: true);
        (await police.InDatabaseAsync<PoliceDbContext, List<long>>(db => db.DrivingLicencePrints
            .Where(p => p.ApplicationId == step.Step.ApplicationId).Select(p => p.FeeRupiah).ToListAsync()))
            .ShouldBe([80_000, 75_000], ignoreOrder: true);
    }

    [Fact]
    public async Task A_licence_without_a_class_is_asked_about_and_not_left_out()
    {
        var step = TestSteps.New("police/driving-licence-reprint", new
        {
            nik = Valid[4].Person.Nik.Value,
            lossReportNumber = "SKTLK/000001/11/2026/SPKT",
        });
        (await police.SendBackAsync(step)).ShouldBe([("licence-class", "/licenceClasses")]);
        (await police.CheckAsync("police/driving-licence-reprint", new { nik = Valid[4].Person.Nik.Value }))
            .ShouldBe([("licence-class", PreconditionStatus.Missing)]);
    }

    [Fact]
    public async Task The_first_version_of_the_package_names_one_class()
    {
        var licence = Valid[5];
        var (report, _) = await police.CompleteAsync<LossReportOutput>(Report(licence.Person));
        (await police.Coordinator.AskAsync(TestSteps.New("police/driving-licence-reprint", new
        {
            nik = licence.Person.Nik.Value,
            licenceClass = licence.Class,
            lossReportNumber = report.ReportNumber,
        }))).ShouldBeOfType<FeeRequested>();
    }

    [Fact]
    public async Task Somebody_elses_report_or_one_that_names_no_licence_is_refused()
    {
        var (others, _) = await police.CompleteAsync<LossReportOutput>(Report(Valid[2].Person));
        (await police.RefuseAsync(Reprint(Valid.First(l => l.Person != Valid[2].Person), others.ReportNumber)))
            .ShouldBe([("loss-report-valid", "/lossReportNumber")]);
        var (card, _) =
            await police.CompleteAsync<LossReportOutput>(Report(Valid[3].Person, licence: false, identityCard: true));
        (await police.RefuseAsync(Reprint(Valid[3], card.ReportNumber)))
            .ShouldBe([("loss-report-valid", "/lossReportNumber")]);
    }

    [Fact]
    public async Task An_expired_licence_is_not_replaced_and_that_is_told_before()
    {
        var expired = Licences.First(l => l.ValidUntil < Today.AddDays(-1));
        (await police.CheckAsync("police/driving-licence-reprint",
            new { nik = expired.Person.Nik.Value, licenceClasses = new[] { expired.Class } })).ShouldBe(
                [("licence-class", PreconditionStatus.Fulfilled), ("licence-registered", PreconditionStatus.Missing)]);
        var (report, _) = await police.CompleteAsync<LossReportOutput>(Report(expired.Person));
        (await police.RefuseAsync(Reprint(expired, report.ReportNumber)))
            .ShouldBe([("licence-registered", "/licenceClasses")]);
    }

    private static StepRequest Report(
        Person person, bool licence = true, bool identityCard = false, DateOnly? lostOn = null) =>
        TestSteps.New("police/loss-report", new
        {
            nik = person.Nik.Value,
            name = person.Name,
            lostOn = lostOn ?? Today,
            lostAt = "Pasar Asinua",
            lost = new { identityCard, membershipCard = false, drivingLicence = licence },
        });

    private static StepRequest Reprint(DrivingLicence licence, string report, params string[] classes) =>
        TestSteps.New("police/driving-licence-reprint", new
        {
            nik = licence.Person.Nik.Value,
            licenceClasses = classes.Length > 0 ? classes : [licence.Class],
            lossReportNumber = report,
        });
}
