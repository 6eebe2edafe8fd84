using Mpp.CivilRegistry.Births;
using Mpp.CivilRegistry.ChildCards;
using Mpp.CivilRegistry.FamilyCards;
using Mpp.CivilRegistry.IdentityCards;
using Mpp.CivilRegistry.Persons;

namespace Mpp.CivilRegistry.Data;

/// <summary>The registers of the civil registry.</summary>
internal sealed class CivilRegistryDbContext(DbContextOptions<CivilRegistryDbContext> options) : DbContext(options)
{
    public const string BirthCertificateNumbers = "birth_certificate_numbers";
    public const string ChildIdentityCardNumbers = "child_identity_card_numbers";
    public const string IdentityCardPrintNumbers = "identity_card_print_numbers";

    public DbSet<Person> Persons => Set<Person>();

    public DbSet<FamilyCard> FamilyCards => Set<FamilyCard>();

    public DbSet<FamilyCardEdition> FamilyCardEditions => Set<FamilyCardEdition>();

    public DbSet<Birth> Births => Set<Birth>();

    public DbSet<ChildIdentityCard> ChildIdentityCards => Set<ChildIdentityCard>();

    public DbSet<IdentityCardPrint> IdentityCardPrints => Set<IdentityCardPrint>();

    /// <summary>
    /// A NIK that nobody has. The counter's row stays locked until the step's transaction ends, so that two children of
    /// one district, day and sex wait for each other and nobody tries again; take it last. What rolls back is given out
    /// to the next.
    /// </summary>
    public async Task<Nik> NextNikAsync(
        RegionCode district, DateOnly birthDate, Sex sex, CancellationToken cancellationToken)
    {
        var stem = NikSerial.StemOf(district, birthDate, sex);
        var serial = await Database.SqlQuery<int>($"""
            insert into nik_serials as s (stem, last_serial) values ({stem}, 1)
            on conflict (stem) do update set last_serial = s.last_serial + 1
            returning last_serial as "Value"
            """).ToListAsync(cancellationToken);
        return NikSerial.ToNik(stem, serial[0]);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(CivilRegistryDbContext).Assembly)
        .HasDocumentNumbers(BirthCertificateNumbers)
        .HasDocumentNumbers(ChildIdentityCardNumbers)
        .HasDocumentNumbers(IdentityCardPrintNumbers)
        .AddAgency();
}
