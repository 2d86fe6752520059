-- A row taken over from the earlier site has no licence until its owner has chosen one here, and is not listed before.
alter table submission
  alter column license drop not null,
  alter column attestation_version drop not null,
  add constraint licence_means_attested check ((license is null) = (attestation_version is null)),
  add constraint listed_means_attested check (
    license is not null
    or (state not in ('approved', 'changed') and quarantined_from is distinct from 'approved')
  );

create index submission_unattested on submission (submitted_at, gist_id) where state = 'pending' and license is null;
