# What is staged at out/ApiTools, as those who install it meet it: its files, its manifest, its import.

BeforeDiscovery {
    $isCore = $PSVersionTable.PSEdition -eq 'Core'
    $publicTypes = Get-Content "$PSScriptRoot/../../src/*/PublicAPI.*.txt" |
        Where-Object { $_ -match '^ApiTools\.[\w.]+$' } | Sort-Object -Unique | ForEach-Object { @{ Type = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $staged = Join-Path $root 'out/ApiTools'
    $manifestPath = Join-Path $staged 'ApiTools.psd1'
    $manifest = Import-PowerShellDataFile $manifestPath
    Import-Module $staged
}

Describe 'The staged files' {
    It 'are these and no others' {
        $expected = @(
            'ApiTools.Types.ps1xml'
            'ApiTools.psd1'
            'ApiTools.psm1'
            'LICENSE'
            'NOTICE.md'
            # PowerShell 7.4 and later has whatever else the module needs: what bundles nothing can conflict with nothing.
            'bin/net8.0/ApiTools.Cmdlets.dll'
            'bin/net8.0/ApiTools.Core.dll'
            'bin/netstandard2.0/ApiTools.Cmdlets.dll'
            'bin/netstandard2.0/ApiTools.Core.dll'
            # JSON, which .NET Framework lacks, and what it needs.
            'bin/netstandard2.0/System.Text.Json.dll'
            'bin/netstandard2.0/System.Text.Encodings.Web.dll'
            'bin/netstandard2.0/System.Buffers.dll'
            'bin/netstandard2.0/System.Memory.dll'
            'bin/netstandard2.0/System.Numerics.Vectors.dll'
            'bin/netstandard2.0/System.Runtime.CompilerServices.Unsafe.dll'
            'bin/netstandard2.0/System.Threading.Tasks.Extensions.dll'
            # The pump's bounded queue; the clock that tests turn; await foreach and await using.
            'bin/netstandard2.0/System.Threading.Channels.dll'
            'bin/netstandard2.0/Microsoft.Bcl.TimeProvider.dll'
            'bin/netstandard2.0/Microsoft.Bcl.AsyncInterfaces.dll'
            'Formats/Chat.Format.ps1xml'
            'Formats/Errors.Format.ps1xml'
            'Formats/Jobs.Format.ps1xml'
            'Formats/Requests.Format.ps1xml'
            'Formats/Service.Format.ps1xml'
            'Formats/Simulator.Format.ps1xml'
            'Formats/Tokens.Format.ps1xml'
            'Formats/Tools.Format.ps1xml'
            'Formats/Wide.Format.ps1xml'
            # Get-Help looks in en-US, in this case, beside the manifest.
            'en-US/ApiTools.Cmdlets.dll-Help.xml'
            'en-US/about_ApiTools.help.txt'
            'en-US/about_ApiTools_Errors.help.txt'
            'en-US/about_ApiTools_Jobs.help.txt'
            'en-US/about_ApiTools_Requests.help.txt'
            'en-US/about_ApiTools_Scripts.help.txt'
            'en-US/about_ApiTools_Security.help.txt'
            'en-US/about_ApiTools_Simulator.help.txt'
            'en-US/about_ApiTools_Tokens.help.txt'
            'en-US/about_ApiTools_Tools.help.txt'
            'types/ApiTools.Types.psd1'
        )
        $actual = Get-ChildItem $staged -Recurse -File | ForEach-Object { $_.FullName.Substring($staged.Length + 1).Replace('\', '/') }
        $actual | Sort-Object | Should -BeExactly ($expected | Sort-Object)
    }

    It 'on netstandard2.0 are needed by one of our own assemblies, directly or by another that is' {
        $folder = Join-Path $staged 'bin/netstandard2.0'
        $needed = [Collections.Generic.HashSet[string]]::new([string[]] 'ApiTools.Cmdlets')
        $queue = [Collections.Generic.Queue[string]]::new([string[]] 'ApiTools.Cmdlets')
        while ($queue.Count) {
            $text = [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes((Join-Path $folder "$($queue.Dequeue()).dll")))
            # Names in an assembly's metadata end in a zero byte.
            foreach ($other in (Get-ChildItem $folder).BaseName) {
                if ($text.Contains("$other`0") -and $needed.Add($other)) { $queue.Enqueue($other) }
            }
        }
        $needed | Sort-Object | Should -BeExactly ((Get-ChildItem $folder).BaseName | Sort-Object)
    }

    It 'have the version of the manifest' {
        foreach ($assembly in Get-ChildItem $staged -Recurse -Filter ApiTools.*.dll) {
            [Diagnostics.FileVersionInfo]::GetVersionInfo($assembly.FullName).FileVersion | Should -BeExactly "$($manifest.ModuleVersion).0"
        }
    }

    It 'name no path of the machine that built them' {
        foreach ($assembly in Get-ChildItem $staged -Recurse -Filter ApiTools.*.dll) {
            [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($assembly.FullName)).Contains($root) | Should -BeFalse -Because $assembly.Name
        }
    }
}

Describe 'The build' {
    # tools/Test-Determinism.ps1 builds twice and compares, which takes minutes: here it is asked whether the compiler was told to.
    It 'of <_> depends on its sources alone' -Skip:(-not $isCore) -ForEach 'bin/net8.0/ApiTools.Core.dll', 'bin/net8.0/ApiTools.Cmdlets.dll', 'bin/netstandard2.0/ApiTools.Core.dll', 'bin/netstandard2.0/ApiTools.Cmdlets.dll' {
        $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead((Join-Path $staged $_)))
        try { $reader.ReadDebugDirectory().Type | Should -Contain 'Reproducible' } finally { $reader.Dispose() }
    }
}

Describe 'The manifest' {
    It 'is sound and plain data' {
        $module = Test-ModuleManifest $manifestPath -ErrorAction Stop -WarningAction Stop
        $module.Version | Should -Be $manifest.ModuleVersion
        $manifest.CompatiblePSEditions | Should -BeExactly 'Core', 'Desktop'
    }

    It 'exports by name, never by wildcard' {
        foreach ($key in 'FunctionsToExport', 'CmdletsToExport', 'VariablesToExport', 'AliasesToExport') {
            $manifest.ContainsKey($key) | Should -BeTrue -Because $key
            @($manifest.$key) -match '\*' | Should -BeNullOrEmpty -Because $key
        }
    }

    It 'exports the cmdlets that the assembly has, and no others' {
        $assembly = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ApiTools.Cmdlets' }
        $names = foreach ($type in $assembly.GetExportedTypes()) {
            foreach ($attribute in $type.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)) { "$($attribute.VerbName)-$($attribute.NounName)" }
        }
        $manifest.CmdletsToExport | Sort-Object | Should -BeExactly ($names | Sort-Object)
        (Get-Command -Module ApiTools -CommandType Cmdlet).Name | Sort-Object | Should -BeExactly ($names | Sort-Object)
    }

    It 'exports the aliases that the assembly has, and no others' {
        (Get-Command -Module ApiTools -CommandType Alias).Name | Should -BeExactly $manifest.AliasesToExport
    }

    It 'has a text for those who search the Gallery' {
        $manifest.Description | Should -Match '^[A-Z].{40,}\.$'
        $manifest.PrivateData.PSData.Tags | Where-Object { $_ -match '\s' } | Should -BeNullOrEmpty
    }
}

Describe 'The import' {
    It 'lets <Type> be named in the next line' -ForEach $publicTypes {
        # In this process other tests have long loaded the engine: the next test asks a fresh one.
        $Type -as [type] | Should -Not -BeNullOrEmpty
    }

    It 'lets every public type be named in the next line of a fresh process' {
        $types = (Get-Content "$root/src/*/PublicAPI.*.txt" | Where-Object { $_ -match '^ApiTools\.[\w.]+$' } | ForEach-Object { "[$_]" }) -join ','
        Invoke-Fresh "Import-Module '$staged'; @($types).Count" | Should -BeExactly "$(($types -split ',').Count)"
    }

    It 'lets a type be caught in the next line of a fresh process' {
        $command = "Import-Module '$staged'; try { Get-ApiErrorCode none -ErrorAction Stop } catch [ApiTools.ApiLimitException] { 'wrong' } catch [ApiTools.ApiRequestException] { 'caught' }"
        Invoke-Fresh $command | Should -BeExactly 'caught'
    }

    It 'loads no assembly but our own' -Skip:(-not $isCore) {
        $new = 'Compare-Object $before ([AppDomain]::CurrentDomain.GetAssemblies()) -PassThru'
        $command = "`$before = [AppDomain]::CurrentDomain.GetAssemblies(); Import-Module '$staged'; " +
        "(($new | Where-Object Location -Like '$staged*').ForEach{ `$_.GetName().Name } | Sort-Object) -join ','"
        Invoke-Fresh $command | Should -BeExactly 'ApiTools.Cmdlets,ApiTools.Core'
    }

    It 'can be done twice, and with -Force' {
        Invoke-Fresh "Import-Module '$staged'; Import-Module '$staged'; Import-Module '$staged' -Force; (Get-ApiErrorCode timeout).Code" | Should -BeExactly 'timeout'
    }

    It 'of a second version in one session says to start a new one' {
        $second = Join-Path $TestDrive 'second/ApiTools'
        Copy-Item $staged $second -Recurse
        $command = "Import-Module '$staged'; try { Import-Module '$second' -ErrorAction Stop } catch { `$_.Exception.Message }"
        $expected = "Another ApiTools ($($manifest.ModuleVersion), from *ApiTools.Cmdlets.dll) was already loaded in this session, and a session can hold only one. Start a new session, and import * there."
        Invoke-Fresh $command | Should -BeLike $expected
    }

    It 'on PowerShell <Version> says which it needs' -Skip:(-not $isCore) -ForEach @(@{ Version = '7.0.13' }, @{ Version = '7.3.12' }, @{ Version = '7.4.0-rc.1' }) {
        # The variable is a table that a process may change: its own import then meets the version that it would meet there.
        $command = "`$PSVersionTable['PSVersion'] = [semver] '$Version'; try { Import-Module '$staged' -ErrorAction Stop } catch { `$_.Exception.Message }; (Get-Module ApiTools).Count"
        $expected = "ApiTools needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $Version. Install a current PowerShell: https://aka.ms/powershell"
        (Invoke-Fresh $command) -split '\r?\n' | Should -BeExactly $expected, '0'
    }

    It 'on PowerShell 7.4 takes the assemblies for it' -Skip:(-not $isCore) {
        Invoke-Fresh "`$PSVersionTable['PSVersion'] = [semver] '7.4.0'; Import-Module '$staged'; (Get-Command Get-ApiErrorCode).DLL" | Should -BeLike '*net8.0*'
    }

    It 'calls nothing outside Microsoft.PowerShell.Core' {
        $tokens = $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile((Join-Path $staged 'ApiTools.psm1'), [ref] $tokens, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $commands = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        # What has no name is a block of its own.
        $commands | Where-Object { -not $_.GetCommandName() } | ForEach-Object Extent | Should -BeLike '& $refuse*'
        foreach ($name in $commands | ForEach-Object { $_.GetCommandName() } | Where-Object { $_ }) {
            (Get-Command $name).Source | Should -BeExactly 'Microsoft.PowerShell.Core' -Because $name
        }
    }

    It 'puts nothing into the session but its cmdlets and its alias' {
        $command = "`$before = (Get-Variable).Name; Import-Module '$staged'; ((Get-Variable).Name | Where-Object { `$_ -notin `$before -and `$_ -ne 'before' }) -join ','; (Get-Command -Module ApiTools -CommandType Function).Count"
        Invoke-Fresh $command | Should -BeExactly '0'
    }
}
