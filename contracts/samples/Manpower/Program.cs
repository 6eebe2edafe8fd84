var builder = MppHost.CreateBuilder(args, "manpower");
builder.AddAgency<Register>("manpower", agency => agency.Service<JobSeekerCard>());
var app = builder.Build();
app.UseMpp();
return await app.RunMppAsync();

internal sealed record CardInput(Nik Nik);
internal sealed record Card(string Number, Nik Nik, DateOnly ValidUntil);

/// <summary>AK-1, the card of a job seeker: free, valid for two years.</summary>
internal sealed class JobSeekerCard(Register register) : AgencyService<CardInput>
{
    public override string Code => "manpower/job-seeker-card";

    public override async Task<StepAnswer> PerformAsync(
        StepRequest<CardInput> request, CancellationToken cancellationToken)
    {
        if (await register.Cards.AnyAsync(
            c => c.Nik == request.Input.Nik && c.ValidUntil >= request.Today, cancellationToken))
        {
            return new StepAnswer.Refused(new StepReason(
                "no-valid-card", new LocalizedText("Kartu AK-1 masih berlaku.", "The card is still valid."), "/nik"));
        }

        var card = new Card($"AK1-{request.ApplicationNumber}", request.Input.Nik, request.Today.AddYears(2));
        register.Cards.Add(card); // saved in one transaction with the answer
        return new StepAnswer.Completed(
            new { card.Number }, new IssuedDocument("job-seeker-card", card.Number, request.Today, card.ValidUntil));
    }
}

internal sealed class Register(DbContextOptions<Register> options) : DbContext(options)
{
    public DbSet<Card> Cards => Set<Card>();
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => conventions.AddValueTypes();
    protected override void OnModelCreating(ModelBuilder model) =>
        model.Entity<Card>(card => card.HasKey(c => c.Number)).AddAgency();
}
