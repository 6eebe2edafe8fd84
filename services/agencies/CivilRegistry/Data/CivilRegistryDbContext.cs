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

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(CivilRegistryDbContext).Assembly)
        .HasDocumentNumbers(BirthCertificateNumbers)
        .HasDocumentNumbers(ChildIdentityCardNumbers)
        .HasDocumentNumbers(IdentityCardPrintNumbers)
        .AddAgency();
}
