# PowerShell's own guidelines for names and types of cmdlets and parameters, for each cmdlet.
# https://learn.microsoft.com/powershell/scripting/developer/cmdlet/cmdlet-development-guidelines

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../module/ApiTools.psd1").CmdletsToExport
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $approved = (Get-Verb).Verb
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters

    function Get-OwnParameter([string] $Name) { (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn $common }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has an approved verb and a noun of ours, in the singular or with an alias that is' {
        $verb, $noun = $_ -split '-'
        $approved | Should -Contain $verb
        $noun | Should -MatchExactly '^Api([A-Z][a-z]+)+$|^ApiService$'
        if ($noun -match 's$') { (Get-Alias -Definition $_).Name | Should -Contain ($_ -replace 's$') }
    }

    It 'has parameters in Pascal case and in the singular' {
        foreach ($parameter in Get-OwnParameter $_) {
            $parameter.Name | Should -MatchExactly '^([A-Z][A-Za-z0-9]*)$'
            if ($parameter.ParameterType.IsArray) { $parameter.Name | Should -Not -MatchExactly '[^su]s$' -Because 'a list is named for one of its items' }
        }
    }

    It 'has switches, and no parameter that must be told true' {
        foreach ($parameter in Get-OwnParameter $_) { $parameter.ParameterType | Should -Not -Be ([bool]) -Because $parameter.Name }
    }

    It 'has no name that PowerShell keeps for itself, and no alias that is another parameter''s name' {
        $names = (Get-OwnParameter $_).Name
        $names | Should -Not -Contain SelectProperty
        $names | Should -Not -Contain SelectObject
        foreach ($alias in (Get-OwnParameter $_).Aliases) { $names + $common | Should -Not -Contain $alias }
    }

    It 'takes one thing by value from the pipeline, and at most four by position, each at its own' {
        foreach ($set in (Get-Command $_).ParameterSets) {
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1 -Because $set.Name
            $positions = @($set.Parameters.Position | Where-Object { $_ -ge 0 } | Sort-Object)
            $positions.Count | Should -BeLessOrEqual 4 -Because $set.Name
            @($positions | Select-Object -Unique).Count | Should -Be $positions.Count -Because $set.Name
        }
    }

    It 'never takes a key by position, nor from the pipeline as a whole' {
        $key = (Get-Command $_).Parameters['ApiKey']
        if ($key) {
            $key.ParameterSets.Values.Position | ForEach-Object { $_ | Should -BeLessThan 0 }
            $key.ParameterSets.Values.ValueFromPipeline | Should -Not -Contain $true
        }
    }

    It 'says which of several parameter sets is the default' {
        $command = Get-Command $_
        if ($command.ParameterSets.Count -gt 1) { $command.DefaultParameterSet | Should -BeIn $command.ParameterSets.Name }
    }

    It 'has types of .NET or of ours for its parameters, and an object only where several kinds are taken' {
        $open = 'InputObject', 'Connection', 'ApiKey', 'Message', 'Request', 'Tool', 'Schema', 'Attachment', 'Fault', 'Answer', 'Body'
        foreach ($parameter in Get-OwnParameter $_) {
            $type = $parameter.ParameterType
            if ($type -in [object], [object[]], [psobject]) { $parameter.Name | Should -BeIn $open }
            $type.Assembly.GetName().Name | Should -Match '^(System|mscorlib|ApiTools|netstandard)' -Because $parameter.Name
        }
    }

    It 'takes paths as every cmdlet does: -LiteralPath has the aliases PSPath and LP, and excludes -Path' {
        $literal = (Get-Command $_).Parameters['LiteralPath']
        if ($literal) {
            $literal.Aliases | Should -BeExactly 'PSPath', 'LP'
            $literal.ParameterSets.Keys | Should -Not -Contain '__AllParameterSets'
        }
    }

    It 'says what it returns, where it returns something' {
        $command = Get-Command $_
        if ($command.Verb -notin 'Disconnect', 'Stop' -and $command.Name -ne 'Export-ApiChatSession') { $command.OutputType.Count | Should -BeGreaterThan 0 }
    }

    It 'asks with -WhatIf and -Confirm, where it writes a file, buys, or changes what there is' {
        # Scripts.Tests.ps1 has the list, and why Connect-ApiService is not in it.
        $command = Get-Command $_
        if ($command.Verb -in 'Remove', 'Clear', 'Export', 'Repair', 'Start', 'Stop', 'Disconnect' -or $command.Name -eq 'Invoke-ApiChat') { $command.Parameters.Keys | Should -Contain 'WhatIf' }
    }

    It 'has a syntax of one line a way, none over 20 ways, each with what it must be told first' {
        $ways = @((Get-Command $_ -Syntax) -split '\r?\n' | Where-Object { $_ })
        $ways.Count | Should -BeLessOrEqual 20
        foreach ($way in $ways) { $way | Should -MatchExactly "^\S+-Api\S+.* \[<CommonParameters>\]$" }
    }
}

Describe 'All cmdlets together' {
    It 'mean one thing by one name: a parameter has one type everywhere, alone or as a list' {
        # Id: of models, and the ids of tokens in place of tokens. Status: HTTP's, and a journal's. Connection: one or its name, and names in figures.
        $stated = 'Id', 'Status', 'Connection', 'InputObject'
        $types = @{}
        foreach ($cmdlet in (Import-PowerShellDataFile "$PSScriptRoot/../../module/ApiTools.psd1").CmdletsToExport) {
            foreach ($parameter in Get-OwnParameter $cmdlet | Where-Object Name -NotIn $stated) {
                $type = $parameter.ParameterType
                if ($type.IsArray) { $type = $type.GetElementType() }
                $type = if ([Nullable]::GetUnderlyingType($type)) { [Nullable]::GetUnderlyingType($type) } else { $type }
                if ($types[$parameter.Name]) { $type | Should -Be $types[$parameter.Name] -Because "-$($parameter.Name) of $cmdlet" }
                $types[$parameter.Name] = $type
            }
        }
        $types.Count | Should -BeGreaterThan 50
    }

    It 'have aliases that are exported, and lead to them' {
        $manifest = Import-PowerShellDataFile "$PSScriptRoot/../../module/ApiTools.psd1"
        foreach ($alias in $manifest.AliasesToExport) { (Get-Alias $alias).Definition | Should -BeIn $manifest.CmdletsToExport }
    }

    It 'are named in a manifest that is sound' {
        Test-ModuleManifest "$PSScriptRoot/../../out/ApiTools/ApiTools.psd1" -ErrorAction Stop -WarningAction Stop | Should -Not -BeNullOrEmpty
    }
}
