using Mpp.Bpjs.Cards;
using Mpp.Bpjs.Employers;
using Mpp.Bpjs.Members;
using Mpp.Bpjs.Newborns;

namespace Mpp.Bpjs.Data;

/// <summary>The registers of BPJS Kesehatan and BPJS Ketenagakerjaan.</summary>
internal sealed class BpjsDbContext(DbContextOptions<BpjsDbContext> options) : DbContext(options)
{
    public const string MembershipNumbers = "membership_numbers";

    public const string NppNumbers = "npp_numbers";

    public const string CardNumbers = "card_numbers";

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<NewbornEnrolment> NewbornEnrolments => Set<NewbornEnrolment>();

    public DbSet<Employer> Employers => Set<Employer>();

    public DbSet<Sanction> Sanctions => Set<Sanction>();

    public DbSet<CardPrint> CardPrints => Set<CardPrint>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddValueTypes();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfigurationsFromAssembly(typeof(BpjsDbContext).Assembly)
        .HasDocumentNumbers(MembershipNumbers)
        .HasDocumentNumbers(NppNumbers)
        .HasDocumentNumbers(CardNumbers)
        .AddAgency();
}
