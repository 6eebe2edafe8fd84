using System.Globalization;
using Mpp.Contracts.Steps;

namespace Mpp.Peers.Agencies;

/// <summary>What came of a step.</summary>
/// <param name="Outputs">What later steps may read.</param>
/// <param name="Document">The document that was issued.</param>
/// <param name="Again">The answer of the time before; then there is nothing else.</param>
internal sealed record Done(object? Outputs, IssuedDocument? Document = null, string? Again = null);

/// <summary>
/// The steps of the package <c>birth</c>, without the mall's rules: the rows that it reads by NIK, and an entry with a
/// number where the mall makes one.
/// </summary>
internal sealed class Work(AgencyDb db, StepRequest request, DateOnly today)
{
    public Task<Done> DoAsync(CancellationToken cancellationToken) => request.Service switch
    {
        "civil-registry/identity-verification" => IdentityAsync(cancellationToken),
        "civil-registry/birth-certificate" => BirthCertificateAsync(cancellationToken),
        "civil-registry/family-card" => FamilyCardAsync(cancellationToken),
        "civil-registry/child-identity-card" => ChildCardAsync(cancellationToken),
        "bpjs/newborn-enrolment" => EnrolmentAsync(cancellationToken),
        "bpjs/newborn-nik" => NewbornNikAsync(cancellationToken),
        _ => throw new InvalidOperationException($"Nobody does {request.Service}."),
    };

    private async Task<Done> IdentityAsync(CancellationToken cancellationToken)
    {
        var (person, again) = await db.PersonAsync(Field("nik"), request.Step, cancellationToken);
        var output = new
        {
            Exists = true,
            Active = true,
            person.Name,
            Fields = new
            {
                Name = Match(person.Name == Field("name")),
                BirthDate = Match(person.BirthDate == Date("birthDate")),
                FamilyCardNumber = "not-checked",
            },
        };
        return new Done(output, Again: again);
    }

    private async Task<Done> BirthCertificateAsync(CancellationToken cancellationToken)
    {
        var (mother, again) = await db.PersonAsync(Field("motherNik"), request.Step, cancellationToken);
        if (again is not null)
        {
            return new Done(null, Again: again);
        }

        var entry = await EntryAsync("birth-certificate", "LU", mother.Nik, cancellationToken);
        // No day of birth is 00: nobody else has such a NIK.
        entry.ChildNik = string.Create(CultureInfo.InvariantCulture, $"74023200{entry.Serial:D8}");
        db.Add(new Person
        {
            Nik = entry.ChildNik,
            Name = Field("childName"),
            BirthDate = Date("birthDate"),
            MotherNik = mother.Nik,
        });
        return new Done(
            new { entry.ChildNik, CertificateNumber = entry.Number }, Document(entry, validUntil: null));
    }

    private async Task<Done> FamilyCardAsync(CancellationToken cancellationToken)
    {
        var (member, again) = await db.PersonAsync(Field("memberNik"), request.Step, cancellationToken);
        if (again is not null)
        {
            return new Done(null, Again: again);
        }

        member.FamilyCardNumber = Field("familyCardNumber");
        var entry = await EntryAsync("family-card", "KK", member.Nik, cancellationToken);
        return new Done(new { member.FamilyCardNumber }, Document(entry, validUntil: null));
    }

    private async Task<Done> ChildCardAsync(CancellationToken cancellationToken)
    {
        var (child, again) = await db.PersonAsync(Field("childNik"), request.Step, cancellationToken);
        if (again is not null)
        {
            return new Done(null, Again: again);
        }

        var entry = await EntryAsync("child-identity-card", "KIA", child.Nik, cancellationToken);
        return new Done(new { CardNumber = entry.Number }, Document(entry, child.BirthDate.AddYears(5)));
    }

    private async Task<Done> EnrolmentAsync(CancellationToken cancellationToken)
    {
        var (mother, again) = await db.PersonAsync(Field("motherNik"), request.Step, cancellationToken);
        if (again is not null)
        {
            return new Done(null, Again: again);
        }

        var entry = await EntryAsync("newborn-enrolment", "", mother.Nik, cancellationToken);
        return new Done(new { Status = "active", MembershipNumber = entry.Number });
    }

    private async Task<Done> NewbornNikAsync(CancellationToken cancellationToken)
    {
        var (enrolment, again) = await db.EntryAsync(Field("motherNik"), request.Step, cancellationToken);
        if (again is not null)
        {
            return new Done(null, Again: again);
        }

        enrolment.ChildNik = Field("childNik");
        return new Done(new { Status = "active", MembershipNumber = enrolment.Number });
    }

    private async Task<RegisterEntry> EntryAsync(
        string kind, string mark, string nik, CancellationToken cancellationToken)
    {
        var entry = new RegisterEntry
        {
            Kind = kind,
            Nik = nik,
            Details = request.Inputs.GetRawText(),
            IssuedOn = today,
            ApplicationId = request.Step.ApplicationId,
            StepId = request.Step.StepId,
        };
        // The serial is there when the entry is added, from a block that this process has taken.
        await db.AddAsync(entry, cancellationToken);
        entry.Number = mark == ""
            ? string.Create(CultureInfo.InvariantCulture, $"{entry.Serial:D13}")
            : string.Create(CultureInfo.InvariantCulture, $"7402-{mark}-{today:ddMMyyyy}-{entry.Serial:D4}");
        return entry;
    }

    private IssuedDocument Document(RegisterEntry entry, DateOnly? validUntil) =>
        new(entry.Kind, entry.Number, today, validUntil);

    private string Field(string name) => request.Inputs.GetProperty(name).GetString()!;

    private DateOnly Date(string name) => DateOnly.Parse(Field(name), CultureInfo.InvariantCulture);

    private static string Match(bool same) => same ? "match" : "mismatch";
}
