# The life of an installation, from the package to its removal, in a profile of its own: what Publish-PSResource sends, what
# Install-PSResource puts where, what Update-PSResource makes of the version before, and the Tour with what was installed.
# A folder is the repository, so nothing here needs the network.

BeforeDiscovery {
    $hasPSResourceGet = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)
    # Since 1.1, which PowerShell 7.5 has.
    $canPack = [bool] (Get-Command Compress-PSResource -ErrorAction Ignore)
    # Windows asks the user's registry where a profile is, and no variable can say otherwise: only a machine that is thrown away is touched.
    $hasOwnProfile = $hasPSResourceGet -and ($PSVersionTable.Platform -eq 'Unix' -or $env:CI)
    if (-not $hasPSResourceGet) { Write-Warning 'The package is not tested: Microsoft.PowerShell.PSResourceGet is not installed.' }
    elseif (-not $hasOwnProfile) { Write-Warning 'The installation is not tested: on Windows it would touch your own profile. CI does.' }
    elseif (-not $canPack) { Write-Warning 'build.ps1 Pack is not tested: it needs Microsoft.PowerShell.PSResourceGet 1.1.' }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $staged = Join-Path $root 'out/ApiTools'
    $version = (Import-PowerShellDataFile (Join-Path $staged 'ApiTools.psd1')).ModuleVersion
    $before = '0.0.9'

    # Runs a command as Invoke-Fresh does, in the profile of a person who has nothing yet.
    function Invoke-Newcomer([string] $Command) {
        $newcomer = @{ HOME = $newHome; PSModulePath = $null; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null }
        $mine = @{}
        foreach ($name in $newcomer.Keys) {
            $mine[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $newcomer[$name])
        }
        # NuGet takes the process's folder for a profile's that is not there yet, and writes its NuGet.Config into that.
        $start = "`$ErrorActionPreference = 'Stop'; [Environment]::CurrentDirectory = '$newHome'"
        try { Invoke-Fresh "$start; $Command" }
        finally { foreach ($name in $mine.Keys) { [Environment]::SetEnvironmentVariable($name, $mine[$name]) } }
    }

    # The files of a package but for the container's own, whose names and times are new each time.
    function Get-PackedFile([string] $Package) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [IO.Compression.ZipFile]::OpenRead($Package)
        try { $zip.Entries | ForEach-Object { "$($_.FullName) $($_.Length)" } | Where-Object { $_ -notmatch '\.psmdcp |_rels' } | Sort-Object } finally { $zip.Dispose() }
    }

    function Get-Nuspec([string] $Package) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $zip = [IO.Compression.ZipFile]::OpenRead($Package)
        try {
            $reader = [IO.StreamReader]::new($zip.GetEntry('ApiTools.nuspec').Open())
            ([xml] $reader.ReadToEnd()).package.metadata
        }
        finally { $zip.Dispose() }
    }
}

Describe 'build.ps1 Pack' -Skip:(-not $canPack) {
    BeforeAll {
        $plainFolder = Join-Path $TestDrive 'plain/pack'
        $said = & "$root/tools/New-Package.ps1" -DestinationPath $plainFolder
        $plain = Join-Path $plainFolder "ApiTools.$version.nupkg"
        $releaseFolder = Join-Path $TestDrive 'addressed/pack'
        $null = & "$root/tools/New-Package.ps1" -DestinationPath $releaseFolder -ProjectUri https://example.org/me/ApiTools
        $release = Join-Path $releaseFolder "ApiTools.$version.nupkg"
    }

    It 'makes one package, and says where it is, how large and what its hash is' {
        (Get-ChildItem $plainFolder).FullName | Should -BeExactly $plain
        $size = '{0:0.0} MB' -f ((Get-Item $plain).Length / 1MB)
        $said[0] | Should -BeLike "made ${plain}: $size, * files of * MB"
        $said[1] | Should -BeExactly "SHA-256 $((Get-FileHash $plain).Hash)"
    }

    It 'makes what a person on a slow line can still fetch: below 4.5 MB' {
        (Get-Item $plain).Length | Should -BeLessThan 4.5MB
    }

    It 'says that a package without a project address is none for a release' {
        $said[2] | Should -BeExactly 'It names no project, icon, release notes or online help: a release is made with tools/New-Package.ps1 -ProjectUri.'
        (Get-Nuspec $plain).PSObject.Properties.Name | Should -Not -Contain 'projectUrl'
    }

    It 'names the addresses of project, icon, licence and release notes of the version''s tag' {
        $nuspec = Get-Nuspec $release
        $nuspec.projectUrl | Should -BeExactly 'https://example.org/me/ApiTools'
        $nuspec.iconUrl | Should -BeExactly "https://example.org/me/ApiTools/raw/v$version/docs/icon.png"
        $nuspec.licenseUrl | Should -BeExactly "https://example.org/me/ApiTools/blob/v$version/LICENSE"
        $nuspec.releaseNotes | Should -BeExactly "https://example.org/me/ApiTools/blob/v$version/CHANGELOG.md"
        foreach ($file in 'docs/icon.png', 'LICENSE', 'CHANGELOG.md') { Join-Path $root $file | Should -Exist }
    }

    It 'changes nothing else of the manifest, which stays sound' {
        $path = Join-Path $TestDrive 'addressed/release/ApiTools/ApiTools.psd1'
        $changed = Compare-Object (Get-Content $path) (Get-Content (Join-Path $staged 'ApiTools.psd1'))
        $changed.InputObject.Trim() -replace ' .*' | Sort-Object -Unique | Should -BeExactly 'IconUri', 'LicenseUri', 'ProjectUri', 'ReleaseNotes'
        (Test-ModuleManifest $path -ErrorAction Stop -WarningAction Stop).IconUri | Should -Be "https://example.org/me/ApiTools/raw/v$version/docs/icon.png"
    }

    It 'leads Get-Help -Online to the page of the version''s tag, and changes nothing else of the help' {
        $file = 'en-US/ApiTools.Cmdlets.dll-Help.xml'
        $path = Join-Path $TestDrive "addressed/release/ApiTools/$file"
        $names = (Import-PowerShellDataFile "$root/module/ApiTools.psd1").CmdletsToExport
        foreach ($name in $names) { "$root/docs/en-US/$name.md" | Should -Exist }
        # Get-Help itself is asked for the address; to open it, it would start a browser.
        $found = Invoke-Fresh @"
Import-Module '$(Join-Path $TestDrive 'addressed/release/ApiTools')'
Get-Command -Module ApiTools -CommandType Cmdlet | ForEach-Object { [Microsoft.PowerShell.Commands.GetHelpCodeMethods]::GetHelpUri(`$_) }
"@
        $found -split '\r?\n' | Should -BeExactly @($names | ForEach-Object { "https://example.org/me/ApiTools/blob/v$version/docs/en-US/$_.md" })
        $changed = (Compare-Object (Get-Content $path) (Get-Content (Join-Path $staged $file))).InputObject
        $changed -notmatch 'Online version|https://example\.org/|^\s*</?maml:navigationLink>' | Should -BeNullOrEmpty
    }

    It 'has help without an online version where it has no address, and PowerShell says so' {
        $said = Invoke-Fresh "Import-Module '$staged'; Get-Help Get-ApiLog -Online"
        ($said -replace '\s*\r?\n[ |]*', ' ') | Should -Match 'the Internet address \(URI\) of the Help topic is not specified'
    }

    It 'takes no address that leads nowhere: <_>' -ForEach 'http://example.org/me', 'https://example.org/', "https://example.org/o'clock", 'me/ApiTools' {
        { & "$root/tools/New-Package.ps1" -DestinationPath (Join-Path $TestDrive 'none/pack') -ProjectUri $_ } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,New-Package.ps1'
        Join-Path $TestDrive 'none' | Should -Not -Exist
    }

    It 'says that it can sign on Windows alone, before it writes anything' -Skip:($PSVersionTable.Platform -ne 'Unix') {
        { & "$root/tools/New-Package.ps1" -DestinationPath (Join-Path $TestDrive 'unsigned/pack') -CertificatePath signing.pfx } |
            Should -Throw 'Signing needs Windows: no other system has Set-AuthenticodeSignature. Leave out -CertificatePath, or run this on Windows.'
        Join-Path $TestDrive 'unsigned' | Should -Not -Exist
    }
}

Describe 'The package in a new profile' -Skip:(-not $hasOwnProfile) {
    BeforeAll {
        $newHome = (New-Item (Join-Path $TestDrive 'home') -ItemType Directory).FullName
        $feed = (New-Item (Join-Path $TestDrive 'feed') -ItemType Directory).FullName
        $older = Join-Path $TestDrive 'older/ApiTools'
        Copy-Item $staged $older -Recurse
        $manifest = Join-Path $older 'ApiTools.psd1'
        (Get-Content $manifest -Raw).Replace("ModuleVersion          = '$version'", "ModuleVersion          = '$before'") | Set-Content $manifest -NoNewline

        # One process for the three, since a new one costs more than what it does here.
        $published, $installed, $updated = (Invoke-Newcomer @"
Register-PSResourceRepository -Name Local -Uri '$feed' -Trusted
Publish-PSResource -Path '$older' -Repository Local
'---'
Install-PSResource ApiTools -Repository Local -Quiet
(Get-ApiErrorCode timeout).Code
'{0} {1}' -f (Get-Module ApiTools).Version, (Get-Module ApiTools).ModuleBase
'---'
Publish-PSResource -Path '$staged' -Repository Local
Update-PSResource ApiTools -Repository Local -Quiet
(Get-Module ApiTools -ListAvailable | ForEach-Object { '{0} {1}' -f `$_.Version, `$_.ModuleBase }) -join '|'
"@) -split '---' | ForEach-Object Trim
        $folder = ($updated -split '\|')[0] -replace '^\S+ '
    }

    AfterAll {
        # Where the profile is a real one, of a machine that is thrown away.
        if ($PSVersionTable.Platform -eq 'Unix') { return }
        $null = Invoke-Newcomer 'Uninstall-PSResource ApiTools -Version * -ErrorAction Ignore; Unregister-PSResourceRepository Local -ErrorAction Ignore'
    }

    It 'is published, installed and called by name, and nothing is said on the way' {
        $published | Should -BeExactly ''
        $lines = $installed -split '\r?\n'
        $lines[0] | Should -BeExactly 'timeout'
        $lines[1] | Should -BeLike "$before *$before"
        $lines | Should -HaveCount 2
    }

    It 'is what Publish-PSResource sends' {
        (Get-ChildItem $feed).Name | Should -BeExactly "ApiTools.$before.nupkg", "ApiTools.$version.nupkg"
    }

    It 'of build.ps1 Pack holds the same' -Skip:(-not $canPack) {
        $null = & "$root/tools/New-Package.ps1" -DestinationPath (Join-Path $TestDrive 'same/pack')
        Get-PackedFile (Join-Path $TestDrive "same/pack/ApiTools.$version.nupkg") | Should -BeExactly (Get-PackedFile (Join-Path $feed "ApiTools.$version.nupkg"))
    }

    It 'is updated from the version before, and both lie side by side on disk' {
        ($updated -split '\|') -replace ' .*' | Should -BeExactly $version, $before
        (Get-ChildItem (Split-Path $folder)).Name | Should -BeExactly $before, $version
    }

    It 'installs every staged file as it is' {
        foreach ($file in Get-ChildItem $staged -Recurse -File) {
            $copy = Join-Path $folder $file.FullName.Substring($staged.Length)
            (Get-FileHash $copy).Hash | Should -BeExactly (Get-FileHash $file.FullName).Hash -Because $copy
        }
    }

    It 'is told of in one error where a session that has the version before meets the new one' {
        $message = Invoke-Newcomer @"
Import-Module ApiTools -RequiredVersion $before
try { Import-Module ApiTools -RequiredVersion $version } catch { `$_.Exception.Message }
(Get-Help Get-ApiErrorCode).Synopsis
"@
        $lines = $message -split '\r?\n'
        $lines[0] | Should -BeLike "Another ApiTools (*, from *$before*ApiTools.Cmdlets.dll) was already loaded in this session, and a session can hold only one. Start a new session, and import $folder there."
        # The one that was there works on, its help too.
        $lines[1] | Should -Match '^[A-Z].+\.$'
    }

    It 'runs the Tour, and all is as documented' {
        $tour = Invoke-Newcomer "& '$root/samples/Tour.ps1' -Module ApiTools; `$LASTEXITCODE; (Get-Module ApiTools).ModuleBase"
        $lines = $tour -split '\r?\n'
        $lines[-1] | Should -BeExactly $folder
        $lines[-2] | Should -BeExactly '0'
        $lines[-3] | Should -Match '^(\d+) of \1 as documented, in '
    }

    It 'is uninstalled with nothing left' {
        $left = Invoke-Newcomer @"
Uninstall-PSResource ApiTools -Version *
@(Get-InstalledPSResource ApiTools -ErrorAction Ignore).Count
@(Get-Module ApiTools -ListAvailable).Count
"@
        $left -split '\r?\n' | Should -BeExactly '0', '0'
        Split-Path $folder | Should -Not -Exist
    }
}
