using System.Globalization;
using Mpp.Applications.Flow;
using Shouldly;

namespace Mpp.Unit.Applications.Flow;

/// <summary>Timelines are kept for years: what is written today must read the same under every later version.</summary>
public sealed class TimelineTests
{
    private const string Golden = """
        1 application-submitted {"id":"0199a000-0000-7000-8000-000000000001","number":"7402-261122-K7QX4M","package":"birth","packageVersion":1,"region":"74.02","channel":"electronic","steps":["mother","father","certificate","enrolment","card"]}
        2 step-requested {"attempt":1,"service":"civil-registry/identity-verification","stallsAt":"2026-11-22T02:00:00+00:00","step":"mother"}
        3 step-skipped {"reason":"not-applicable","step":"father"}
        4 step-completed {"attempt":1,"documents":[],"step":"mother"}
        5 step-requested {"attempt":1,"service":"civil-registry/birth-certificate","stallsAt":"2026-11-22T02:00:00+00:00","step":"certificate"}
        6 step-requested {"attempt":1,"service":"bpjs/newborn-enrolment","stallsAt":"2026-11-22T02:00:00+00:00","step":"enrolment"}
        7 step-accepted {"attempt":1,"agencyFileNumber":"F-1","stallsAt":"2026-11-25T01:00:00+00:00","step":"enrolment"}
        8 reply-ignored {"attempt":1,"reply":"step-accepted","because":"late","step":"mother"}
        9 step-refused {"attempt":1,"reasons":[{"requirement":"nik-registered","text":{"id":"NIK tidak terdaftar.","en":"The NIK is not registered."}}],"failsApplication":false,"step":"enrolment"}
        10 step-stalled {"attempt":1,"step":"certificate"}
        11 step-refused {"attempt":1,"reasons":[{"requirement":"nik-registered","text":{"id":"NIK tidak terdaftar.","en":"The NIK is not registered."}}],"failsApplication":true,"step":"certificate"}
        12 step-skipped {"reason":"need-refused","because":"certificate","step":"card"}
        13 application-ended {"status":"refused","eraseAt":"2026-12-22T16:00:00+00:00"}
        """;

    [Fact]
    public void A_timeline_is_written_in_its_fixed_form()
    {
        var birth = Story();
        string.Join('\n', birth.Timeline.Select(e => string.Create(
            CultureInfo.InvariantCulture, $"{e.Sequence} {FlowJson.Kind(e.Event)} {FlowJson.Write(e.Event)}")))
            .ShouldBe(Golden);
    }

    [Fact]
    public void Replaying_a_stored_timeline_gives_the_stored_state()
    {
        var birth = Story();
        var moments = birth.Timeline.ToDictionary(e => e.Sequence, e => e.At);
        var stored = Golden.Split('\n').Select(line => line.Split(' ', 3))
            .Select(part =>
                (Sequence: long.Parse(part[0], CultureInfo.InvariantCulture), Event: FlowJson.Read(part[1], part[2])))
            .Select(e => new TimelineEntry(e.Sequence, moments[e.Sequence], e.Event));
        FlowJson.Write(Evolution.Replay(stored)).ShouldBe(FlowJson.Write(birth.State));
    }

    [Fact]
    public void A_timeline_holds_no_personal_data()
    {
        var birth = Story();
        string.Join('\n', birth.Timeline.Select(e => FlowJson.Write(e.Event))).ShouldNotContain("7402014107900001");
        FlowJson.Write(birth.State).ShouldNotContain("7402014107900001");
    }

    private static Birth Story()
    {
        var birth = new Birth(father: false);
        birth.Complete("mother", new { nik = "7402014107900001" });
        birth.Accept("enrolment");
        birth.Accept("mother");
        birth.Refuse("enrolment");
        birth.Now = birth.Now.AddHours(1);
        birth.Alarm();
        birth.Refuse("certificate");
        return birth;
    }
}
