# Tests of Export-Summary.ps1 (Pester 5 or later): without a key, without a network, without a cent. The script is run as it is; the environment
# tells it of the simulator as it would tell it of a service.

BeforeAll {
    Import-Module ApiTools

    # Starts a simulator that does what a service may do, and runs the script with a file of two rows.
    function Invoke-Summary([hashtable[]] $Fault = @()) {
        $simulator = Start-ApiSimulator -Fault $Fault -PassThru
        $env:APITOOLS_BASE_URI = $simulator.BaseUri
        $env:APITOOLS_API_KEY = $simulator.ApiKey
        $env:APITOOLS_MODEL = $simulator.Models[0]
        Set-Content TestDrive:/tickets.csv 'Id,Body', 'T-1,The printer burns.', 'T-2,Thank you!'
        & "$PSScriptRoot/Export-Summary.ps1" "$TestDrive/tickets.csv" 2>&1
    }

    function Get-Summary { Import-Csv TestDrive:/tickets.summaries.csv }
}

Describe 'Export-Summary' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
        Remove-Item TestDrive:/*
        Remove-Item env:APITOOLS_BASE_URI, env:APITOOLS_API_KEY, env:APITOOLS_MODEL
    }

    It 'summarises each row' {
        Invoke-Summary
        (Get-Summary).CustomId | Should -Be 'T-1', 'T-2'
        (Get-ApiSimulatorRequest).Prompt | Should -Contain 'Summarise in one sentence: The printer burns.'
    }

    It 'waits where the service says that it is too much' {
        Invoke-Summary @{ Code = 'rate_limit_exceeded'; Times = 2; RetryAfterMs = 50 }
        (Get-Summary).CustomId | Should -Be 'T-1', 'T-2'
    }

    It 'writes the others where one row fails, and exits with 2' {
        $said = Invoke-Summary @{ Code = 'invalid_value'; Times = 9; Prompt = '*printer*' }
        $LASTEXITCODE | Should -Be 2
        $said.FullyQualifiedErrorId | Should -BeLike 'invalid_value,*'
        (Get-Summary).CustomId | Should -Be 'T-2'
    }

    It 'stops where the quota is spent, and goes on later without asking twice' {
        { Invoke-Summary @{ Code = 'insufficient_quota'; Times = 9; Prompt = '*Thank*' } } | Should -Throw -ErrorId 'insufficient_quota*'
        Stop-ApiSimulator
        Invoke-Summary
        (Get-Summary).CustomId | Should -Be 'T-1', 'T-2'
        (Get-ApiSimulatorRequest).Prompt | Should -Be 'Summarise in one sentence: Thank you!'
    }
}
