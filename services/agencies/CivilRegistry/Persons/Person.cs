namespace Mpp.CivilRegistry.Persons;

/// <summary>A person in the population register.</summary>
internal sealed class Person
{
    /// <summary>Never changes (UU 23/2006 art. 13).</summary>
    public required Nik Nik { get; init; }

    public required string Name { get; set; }

    public required Sex Sex { get; init; }

    /// <summary>May be corrected, and then differs from the NIK.</summary>
    public required DateOnly BirthDate { get; set; }

    public required string BirthPlace { get; set; }

    /// <summary>The district of residence.</summary>
    public required RegionCode Region { get; set; }

    public required MaritalStatus MaritalStatus { get; set; }

    public Nik? MotherNik { get; init; }

    public Nik? FatherNik { get; init; }

    /// <summary>
    /// None between the registration of a birth and the family card that follows it, and after death.
    /// </summary>
    public string? FamilyCardNumber { get; set; }

    public FamilyCard? FamilyCard { get; init; }

    /// <summary>Place on the family card.</summary>
    public FamilyRole? FamilyRole { get; set; }

    public DateOnly? DeceasedOn { get; set; }
}

internal enum MaritalStatus
{
    Single,
    Married,
    Divorced,
    Widowed,
}

internal enum FamilyRole
{
    Head,
    Spouse,
    Child,
    Other,
}

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable(table =>
        {
            table.HasCheckConstraint("ck_persons_nik", "nik ~ '^[0-9]{12}(?!0000)[0-9]{4}$'");
            table.HasCheckConstraint("ck_persons_sex", "(substr(nik, 7, 2) > '40') = (sex = 'female')");
            table.HasCheckConstraint("ck_persons_deceased_on", "deceased_on >= birth_date");
            table.HasCheckConstraint("ck_persons_family_card", "(family_card_number is null) = (family_role is null)");
            table.HasCheckConstraint("ck_persons_parents", "nik not in (mother_nik, father_nik)");
        });
        person.HasKey(p => p.Nik);
        person.Property(p => p.Nik).ValueGeneratedNever();
        person.Property(p => p.Name).HasMaxLength(100);
        person.Property(p => p.BirthPlace).HasMaxLength(100);
        person.HasOne<Person>().WithMany().HasForeignKey(p => p.MotherNik).OnDelete(DeleteBehavior.Restrict);
        person.HasOne<Person>().WithMany().HasForeignKey(p => p.FatherNik).OnDelete(DeleteBehavior.Restrict);
        person.HasOne(p => p.FamilyCard)
            .WithMany().HasForeignKey(p => p.FamilyCardNumber).OnDelete(DeleteBehavior.Restrict);
    }
}
